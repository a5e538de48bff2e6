// What banks want changed before the next payment: a second person puts the account right, or the notice is noted.

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPencilCheck } from '@tabler/icons-react';
import { decideAccountCorrection, listAccountCorrections } from '#returns/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { AchUpload } from './AchUpload.tsx';

type Correction = Reply<typeof listAccountCorrections>['rows'][number];

export function Corrections() {
  const pages = usePages(listAccountCorrections, { query: {} });
  const mayImport = useMay('bank.import');
  return (
    <Stack>
      {mayImport ? <AchUpload /> : null}
      <Shown read={pages}>
        {() => {
          const rows = rowsOf(pages.data);
          return rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconPencilCheck size={36} stroke={1.4} />} title="No account is to be changed">
                Notices of change come in the same files as returns.
              </Empty>
            </Panel>
          ) : (
            <Stack>
              {rows.map((row) => (
                <OneCorrection key={row.correctionId} row={row} />
              ))}
            </Stack>
          );
        }}
      </Shown>
    </Stack>
  );
}

function OneCorrection({ row }: { readonly row: Correction }) {
  const decide = useCommand(decideAccountCorrection);
  const params = { correctionId: row.correctionId };
  return (
    <Panel
      title={`${row.code} · ${row.meaning}`}
      actions={<Text size="xs">{momentWords(row.recordedAt)}</Text>}
    >
      <Stack gap="xs">
        <Text size="sm" style={{ wordBreak: 'break-word' }}>
          {row.holder ?? 'holder not named'} · {row.account ?? 'no account'} · right is:{' '}
          {row.said || 'not said'}
        </Text>
        {decide.error ? <Trouble problem={decide.error} /> : null}
        {row.accounts.length === 0 ? (
          <Text size="sm" c="dimmed">
            No customer pays from this account.
          </Text>
        ) : null}
        {row.accounts.map((one) => (
          <Group key={one.bankAccountId} justify="space-between">
            <Text size="sm">
              <TenantLink to={`customers/${one.customer.id}`}>{one.customer.name}</TenantLink> · {one.account}
              {one.becomes ? ` becomes ${one.becomes}` : ' stays as it is'}
            </Text>
            {one.becomes && row.mayChange === true ? (
              <Button
                size="xs"
                loading={decide.isPending}
                onClick={() => decide.mutate({ params, body: { bankAccountId: one.bankAccountId } })}
              >
                Change it to {one.becomes}
              </Button>
            ) : null}
          </Group>
        ))}
        {row.mayChange === 'same_person' ? (
          <Text size="xs" c="dimmed">
            You took the file in: somebody else changes the account.
          </Text>
        ) : null}
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ params, body: {} })}
          >
            Noted, nothing to change
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
