// Accounting periods: locked, nothing more is posted on their days. Days in no period are open.

import { Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addPeriod, listPeriods, lockPeriod, unlockPeriod } from '#ledger/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';

type Period = Reply<typeof listPeriods>['rows'][number];

export function Periods() {
  const [search, setSearch] = useAddress();
  const companyId = search.company ?? '';
  return (
    <Stack>
      <CompanySelect value={companyId} onChange={(id) => setSearch({ company: id })} width={320} />
      {companyId === '' ? null : <PeriodsOf key={companyId} companyId={companyId} />}
    </Stack>
  );
}

function PeriodsOf({ companyId }: { readonly companyId: string }) {
  const pages = usePages(listPeriods, { params: { companyId } });
  const mayLock = useMay('period.lock');
  const [adding, setAdding] = useState(false);
  const [unlocking, setUnlocking] = useState<Period | null>(null);
  const lock = useCommand(lockPeriod);
  const rows = rowsOf(pages.data);
  return (
    <Panel
      title="Accounting periods"
      actions={
        mayLock ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add a period
          </Button>
        ) : null
      }
    >
      <Stack>
        {lock.error ? <Trouble problem={lock.error} /> : null}
        <Shown read={pages}>
          {() =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                None yet. Add a month or a year and lock it when it is closed, so that nothing is posted into
                it.
              </Text>
            ) : (
              <Scroll minWidth={520}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>From</Table.Th>
                      <Table.Th>To</Table.Th>
                      <Table.Th>State</Table.Th>
                      <Table.Th aria-label="Lock" />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((period) => (
                      <Table.Tr key={period.id}>
                        <Table.Td>{dayWords(period.startsOn)}</Table.Td>
                        <Table.Td>{dayWords(period.endsOn)}</Table.Td>
                        <Table.Td>
                          {period.lockedAt ? (
                            <>
                              <Badge color="gray" leftSection={<IconLock size={12} aria-hidden />}>
                                locked
                              </Badge>
                              <Text size="xs" c="dimmed">
                                {momentWords(period.lockedAt)}
                                {period.lockedBy ? ` · ${period.lockedBy}` : ''}
                              </Text>
                            </>
                          ) : (
                            <Badge color="teal">open</Badge>
                          )}
                        </Table.Td>
                        <Table.Td className="numeric">
                          {period.may.lock === true ? (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`Lock ${dayWords(period.startsOn)} to ${dayWords(period.endsOn)}`}
                              loading={lock.isPending && lock.variables?.params?.periodId === period.id}
                              onClick={() => lock.mutate({ params: { periodId: period.id } })}
                            >
                              Lock
                            </Button>
                          ) : period.may.unlock === true ? (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`Unlock ${dayWords(period.startsOn)} to ${dayWords(period.endsOn)}`}
                              onClick={() => setUnlocking(period)}
                            >
                              Unlock
                            </Button>
                          ) : null}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            )
          }
        </Shown>
        <ShowMore pages={pages} words="Show earlier ones" />
      </Stack>
      {adding ? <AddDialog companyId={companyId} onClose={() => setAdding(false)} /> : null}
      {unlocking ? <UnlockDialog period={unlocking} onClose={() => setUnlocking(null)} /> : null}
    </Panel>
  );
}

function AddDialog({ companyId, onClose }: { readonly companyId: string; onClose(): void }) {
  const add = useCommand(addPeriod);
  const form = useFields({ startsOn: '', endsOn: '' });
  const { at, rest } = placeTrouble(add.error, ['startsOn', 'endsOn'], {
    period_ends_before_start: 'endsOn',
    period_overlaps: 'startsOn',
  });
  return (
    <FormDialog
      title="Add a period"
      opened
      onClose={onClose}
      onSubmit={() => add.mutate({ params: { companyId }, body: form.values }, { onSuccess: onClose })}
      submitLabel="Add"
      busy={add.isPending}
      problem={rest}
    >
      <Group grow align="flex-start">
        <DayField
          label="First day"
          required
          value={form.values.startsOn}
          onChange={(startsOn) => form.put({ startsOn })}
          error={at('startsOn')}
        />
        <DayField
          label="Last day"
          required
          value={form.values.endsOn}
          onChange={(endsOn) => form.put({ endsOn })}
          error={at('endsOn')}
        />
      </Group>
    </FormDialog>
  );
}

function UnlockDialog({ period, onClose }: { readonly period: Period; onClose(): void }) {
  const unlock = useCommand(unlockPeriod);
  const form = useFields({ reason: '' });
  const { at, rest } = placeTrouble(unlock.error, ['reason']);
  return (
    <FormDialog
      title={`Unlock ${dayWords(period.startsOn)} to ${dayWords(period.endsOn)}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        unlock.mutate({ params: { periodId: period.id }, body: form.values }, { onSuccess: onClose })
      }
      submitLabel="Unlock"
      busy={unlock.isPending}
      problem={rest}
    >
      <Text size="sm">Figures that were reported for these days can change again.</Text>
      <TextInput
        label="Why"
        description="The history keeps it"
        required
        data-autofocus
        maxLength={500}
        {...form.text('reason')}
        error={at('reason')}
      />
    </FormDialog>
  );
}
