// Which of our companies may receive money for which: each of the two says so for itself, and both have to.

import { Button, Group, Select, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { listCompanies } from '#parties/contract.ts';
import { listHandoverSettings, stateHandover } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';

type Pair = Reply<typeof listHandoverSettings>['rows'][number];
type Side = 'from' | 'to';

export function HandoverSettings() {
  const companies = rowsOf(usePages(listCompanies).data);
  const read = useRead(listHandoverSettings);
  const command = useCommand(stateHandover);
  const [adding, setAdding] = useState(false);
  if (companies.length < 2) return null;
  const nameOf = (id: string): string => companies.find((one) => one.id === id)?.name ?? 'A company';
  const state = (pair: Pair, side: Side): void =>
    command.mutate({
      params: { fromCompanyId: pair.fromCompanyId, toCompanyId: pair.toCompanyId, side },
      body: { allowed: !pair[side] },
    });
  return (
    <Shown read={read}>
      {({ rows, may }) => (
        <Panel
          title="Money received for another company"
          actions={
            may.state === true ? (
              <Button size="xs" variant="default" onClick={() => setAdding(true)}>
                Allow it for two companies
              </Button>
            ) : null
          }
        >
          <Text size="sm" c="dimmed" mb="xs">
            A receipt may pay invoices of another company where both allow it. The first then owes the second
            as much.
          </Text>
          {command.error ? <Trouble problem={command.error} /> : null}
          {rows.length === 0 ? (
            <Text size="sm">No company receives money for another.</Text>
          ) : (
            <Scroll minWidth={0} label="Companies that may receive money for others">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Receives the money</Table.Th>
                    <Table.Th>Whose invoices it may pay</Table.Th>
                    <Table.Th>May it</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((pair) => (
                    <Table.Tr key={`${pair.fromCompanyId} ${pair.toCompanyId}`}>
                      {(['from', 'to'] as const).map((side) => (
                        <Table.Td key={side}>
                          <SideShown
                            name={nameOf(side === 'from' ? pair.fromCompanyId : pair.toCompanyId)}
                            allowed={pair[side]}
                            onChange={may.state === true ? () => state(pair, side) : undefined}
                          />
                        </Table.Td>
                      ))}
                      <Table.Td>
                        <StateBadge state={pair.from && pair.to ? 'allowed' : 'not allowed'} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )}
          {adding ? (
            <AllowDialog
              companies={companies.map(({ id, name }) => ({ value: id, label: name }))}
              onClose={() => setAdding(false)}
            />
          ) : null}
        </Panel>
      )}
    </Shown>
  );
}

function SideShown({
  name,
  allowed,
  onChange,
}: {
  readonly name: string;
  readonly allowed: boolean;
  readonly onChange: (() => void) | undefined;
}) {
  return (
    <>
      <Text size="sm">{name}</Text>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {allowed ? 'allows it' : 'does not allow it'}
        </Text>
        {onChange === undefined ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`${allowed ? 'Stop it' : 'Allow it'} for ${name}`}
            onClick={onChange}
          >
            {allowed ? 'Stop it' : 'Allow it'}
          </Button>
        )}
      </Group>
    </>
  );
}

function AllowDialog({
  companies,
  onClose,
}: {
  readonly companies: readonly { readonly value: string; readonly label: string }[];
  onClose(): void;
}) {
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const command = useCommand(stateHandover);
  const submit = async (): Promise<void> => {
    if (from === null || to === null) return;
    const params = { fromCompanyId: from, toCompanyId: to };
    for (const side of ['from', 'to'] as const)
      await command.mutateAsync({ params: { ...params, side }, body: { allowed: true } });
    onClose();
  };
  return (
    <FormDialog
      title="Allow it for two companies"
      opened
      onClose={onClose}
      onSubmit={() => void submit().catch(() => undefined)}
      submitLabel="Allow it for both"
      busy={command.isPending}
      problem={command.error}
    >
      <Select label="Receives the money" required data={companies} value={from} onChange={setFrom} />
      <Select
        label="Whose invoices it may pay"
        required
        data={companies.filter((one) => one.value !== from)}
        value={to}
        onChange={setTo}
      />
    </FormDialog>
  );
}
