// Why credit notes may be given: the reasons everybody has, and those of one's own.

import { ActionIcon, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { readCreditReasons, replaceCreditReasons } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ReasonNames } from './ReasonNames.tsx';

export function CreditReasons() {
  const read = useRead(readCreditReasons);
  return (
    <Panel title="Why credit notes are given">
      <Shown read={read}>{(found) => <ReasonsForm key={JSON.stringify(found)} found={found} />}</Shown>
    </Panel>
  );
}

/** What a reason is called on paper, by language. */
type Names = Readonly<Record<string, string>>;

type Row = {
  readonly key: number;
  readonly code: string;
  readonly label: string;
  readonly names: Names;
  /** It was there before: its code stands on documents and stays. */
  readonly isKnown: boolean;
};

function ReasonsForm({ found }: { readonly found: Reply<typeof readCreditReasons> }) {
  const mayChange = useMay('company.manage');
  const replace = useCommand(replaceCreditReasons);
  const own = found.reasons
    .filter((reason) => reason.own)
    .map(({ code, label, names }) => ({ code, label, names }));
  const [rows, setRows] = useState<readonly Row[]>(() =>
    own.map((row, key) => ({ ...row, key, isKnown: true })),
  );
  const { at, rest } = placeTrouble(replace.error, ['reasons/'], {});
  const change = (key: number, to: Partial<Row>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...to } : row)));
  const put = ({ key, code, isKnown }: Row, label: string): void =>
    change(key, { label, code: isKnown ? code : codeFor(label) });
  const reasons = rows.map(({ code, label, names }) => ({
    code,
    label: label.trim(),
    names: filledNames(names),
  }));
  return (
    <Stack>
      {rest ? <Trouble problem={rest} /> : null}
      <Text size="sm" c="dimmed">
        Everybody has these; on paper they are written in the customer’s language.
      </Text>
      <Group gap="xs">
        {found.reasons
          .filter((reason) => !reason.own)
          .map(({ code, label }) => (
            <Badge key={code} variant="default" tt="none" fw={400} size="lg">
              {label}
            </Badge>
          ))}
      </Group>
      <Text size="sm" c="dimmed">
        Your own stand on paper by their name in the customer’s language, or as they are written here. The
        code is what reports and the API count by; it stays when the words change.
      </Text>
      {rows.map((row, index) => (
        <Stack key={row.key} gap="xs">
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              label={`Reason ${index + 1}`}
              description={row.code === '' ? 'Code: made of the words' : `Code: ${row.code}`}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={100}
              style={{ flex: '0 1 360px' }}
              value={row.label}
              disabled={!mayChange}
              onChange={(event) => put(row, event.currentTarget.value)}
              error={
                at(`reasons/${index}/label`) ?? at(`reasons/${index}/reason`) ?? at(`reasons/${index}/code`)
              }
            />
            {mayChange ? (
              <ActionIcon
                mb={28}
                variant="subtle"
                color="gray"
                aria-label={`Remove reason ${index + 1}`}
                onClick={() => setRows(rows.filter((each) => each.key !== row.key))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            ) : null}
          </Group>
          <ReasonNames
            about={`reason ${index + 1}`}
            names={row.names}
            mayChange={mayChange}
            at={(language) => at(`reasons/${index}/names/${language}`)}
            onChange={(names) => change(row.key, { names })}
          />
        </Stack>
      ))}
      {mayChange ? (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
              setRows([...rows, { key, code: '', label: '', names: {}, isKnown: false }]);
            }}
          >
            Add a reason
          </Button>
          <Button
            loading={replace.isPending}
            disabled={JSON.stringify(reasons) === JSON.stringify(own)}
            onClick={() => replace.mutate({ body: { reasons } })}
          >
            Save
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

/** The names that say something, as a request has them. */
function filledNames(names: Names): Names {
  return Object.fromEntries(
    Object.entries(names)
      .map(([language, name]) => [language, name.trim()] as const)
      .filter(([, name]) => name !== ''),
  );
}

/** A code made of the words of a reason: `Volume bonus` becomes `volume-bonus`. */
function codeFor(label: string): string {
  return label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 40);
}
