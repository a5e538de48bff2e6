// What is doubtful or wrong about a document, beside the field it is about: the sentence, and what to do.

import { Alert, Box, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';

/** What checks and the rules of e-invoices say about one field. */
export type FieldFinding = {
  readonly id: string;
  readonly mode: 'warn' | 'refuse';
  /** The field of the request, as `purchaseOrder` or `references/buyerReference`. */
  readonly field: string;
  readonly message: string;
  readonly hint: string;
};

/** The findings of some fields, each with its own mark, so that colour is not all that tells them apart. */
export function FieldFindings({
  findings,
  fields,
}: {
  readonly findings: readonly FieldFinding[];
  readonly fields: readonly string[];
}) {
  const own = findings.filter((finding) => fields.includes(finding.field));
  if (own.length === 0) return null;
  return (
    <Stack gap={6} mt="xs" role="status">
      {own.map((finding) => (
        <OneFinding key={finding.id} finding={finding} />
      ))}
    </Stack>
  );
}

function OneFinding({ finding }: { readonly finding: FieldFinding }) {
  const isWrong = finding.mode === 'refuse';
  const Icon = isWrong ? IconCircleX : IconAlertTriangle;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Icon
        size={18}
        role="img"
        aria-label={isWrong ? 'Wrong' : 'Doubtful'}
        style={{ flex: 'none', marginTop: 2 }}
        color={isWrong ? 'var(--mantine-color-red-8)' : 'var(--mantine-color-orange-8)'}
      />
      <div>
        <Text size="sm" fw={550}>
          {finding.message}
        </Text>
        <Text size="sm" c="dimmed">
          {finding.hint}
        </Text>
      </div>
    </Group>
  );
}

/** What stopped a document from being issued, all of it, with what follows from it. */
export function FindingsAlert({
  findings,
  children,
}: {
  readonly findings: readonly FieldFinding[];
  readonly children?: React.ReactNode;
}) {
  const wrong = findings.filter((finding) => finding.mode === 'refuse');
  const title = wrong.length > 0 ? 'Mend this before it is issued' : 'Look at this before it is issued';
  return (
    <Alert color={wrong.length > 0 ? 'red' : 'orange'} title={title} role="alert">
      <List size="sm" spacing={4}>
        {findings.map((finding) => (
          <List.Item key={finding.id}>
            {finding.message} {finding.hint}
          </List.Item>
        ))}
      </List>
      {/* Room for the ring of what has the focus. */}
      {children ? <Box p={4}>{children}</Box> : null}
    </Alert>
  );
}
