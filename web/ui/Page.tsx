// The frame of a page: title, what can be done, and what is shown while there is nothing, something is wrong or data is
// on its way.

import { Alert, Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { isId } from '#kernel/id.ts';
import type { ApiProblem } from '../lib/api.ts';
import { findingWords } from '../lib/trouble.ts';

type PageProps = {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

export function Page({ title, subtitle, actions, children }: PageProps) {
  const head = useRef<HTMLHeadingElement>(null);
  // With the heading, not a moment after it: readers hear the title when the page comes.
  useLayoutEffect(() => {
    document.title = `${title} · Quittance`;
  }, [title]);
  useEffect(() => {
    // What had the focus went away with the page before: the keyboard goes on from here, and readers hear where they are.
    if (document.activeElement === document.body) head.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" wrap="wrap" gap="sm">
        <div style={{ flex: '1 1 320px', minWidth: 0 }}>
          <Title
            order={1}
            ref={head}
            tabIndex={-1}
            className="page-title"
            fz={{ base: 22, sm: 27 }}
            style={{ overflowWrap: 'anywhere' }}
          >
            {title}
          </Title>
          {subtitle === undefined ? null : (
            <Text c="dimmed" size="sm" component="div">
              {subtitle}
            </Text>
          )}
        </div>
        {actions === undefined ? null : (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}

/** A titled part of a page. */
export function Panel({
  title,
  actions,
  children,
}: {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      {title === undefined ? null : (
        <Group justify="space-between" align="flex-start" mb="sm" gap="xs">
          <Title order={2} size="h5" style={{ flex: '1 1 9rem', minWidth: 0, overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {actions}
        </Group>
      )}
      {children}
    </Paper>
  );
}

/** Nothing here yet: says why that is and what to do. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={460}>
        <Text c="dimmed" component="div" lh={0}>
          {icon}
        </Text>
        <Text fw={600} ta="center">
          {title}
        </Text>
        {children === undefined ? null : (
          <Text c="dimmed" size="sm" ta="center">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** A page that one's role has no right to. */
export function NotAllowed({ title }: { readonly title: string }) {
  return (
    <Page title={title}>
      <Panel>
        <Empty title="Your role does not allow this">
          Ask an owner of this tenant to give you a role that does. Nothing was changed.
        </Empty>
      </Panel>
    </Page>
  );
}

/** Something was refused or failed: says what, with its facts, and how to go on. */
export function Trouble({
  problem,
  onRetry,
}: {
  readonly problem: ApiProblem;
  readonly onRetry?: () => void;
}) {
  const told = eInvoiceSentences(problem);
  const facts = Object.entries(told ? {} : problem.facts).flatMap(([name, value]) => {
    const text = factText(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem.message}
    >
      <Stack gap={4}>
        {problem.errors.map((error) => (
          <Text key={error.pointer + error.message} size="sm">
            {error.pointer.replace(/^\/(body|query|path)\/?/, '').replaceAll('/', ' › ')}:{' '}
            {findingWords(error.message)}
          </Text>
        ))}
        {told?.map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        {facts.map(([name, value]) => (
          <Text key={name} size="sm">
            {words(name)}: {value}
          </Text>
        ))}
        {onRetry === undefined ? null : (
          <div>
            <Button
              size="xs"
              variant="default"
              mt={4}
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={onRetry}
            >
              Try again
            </Button>
          </div>
        )}
      </Stack>
    </Alert>
  );
}

/** What is to be mended before a document is the e-invoice its customer wants, told by a refusal of it or of asking for it. */
export function eInvoiceSentences(problem: {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
}): readonly string[] | undefined {
  const { findings, code } = problem.facts;
  if (problem.code !== 'einvoice_not_valid' && code !== 'einvoice_not_valid') return undefined;
  return Array.isArray(findings) ? [...new Set(findings.map(String))] : undefined;
}

/** A fact for people: amounts and lists written out; ids tell nobody anything. */
function factText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(factText).filter(Boolean).join(', ') || undefined;
  if (typeof value === 'object') {
    return 'amount' in value && 'currency' in value ? `${value.amount} ${value.currency}` : undefined;
  }
  const text = String(value);
  return isId(text) ? undefined : text;
}

/** `dueOn` → `due on`: a name in the program as words. */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** What a read gives, or its waiting and its trouble in one place. */
export function Shown<T>({
  read,
  children,
}: {
  readonly read: {
    readonly data: T | undefined;
    readonly error: ApiProblem | null;
    readonly isPending: boolean;
    refetch(): unknown;
  };
  readonly children: (data: T) => ReactNode;
}) {
  if (read.error && read.data === undefined)
    return <Trouble problem={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) {
    return (
      <Center py="xl" role="status" aria-label="Loading">
        <Loader type="dots" />
      </Center>
    );
  }
  return <>{children(read.data)}</>;
}
