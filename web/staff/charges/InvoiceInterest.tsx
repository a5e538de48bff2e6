// The interest of one invoice as of a day: what accrued, what was charged, how it grew, the sheet, and what is left out.

import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { Alert, Button, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { readInvoiceInterest, releaseExclusion } from '#charges/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { compactText, dayWords, drawingValue } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { ExclusionDialog } from './ExclusionDialog.tsx';
import { SheetTable } from './SheetTable.tsx';

type Interest = Reply<typeof readInvoiceInterest>;

export function InvoiceInterest({ invoiceId }: { readonly invoiceId: string }) {
  const [search, setSearch] = useAddress();
  const read = useRead(readInvoiceInterest, {
    params: { invoiceId },
    query: search.on ? { on: search.on } : {},
  });
  return (
    <Shown read={read}>
      {(interest) => (
        <Stack>
          <DayField
            label="As of"
            value={search.on ?? interest.on}
            onChange={(on) => setSearch({ on })}
            width={200}
          />
          <InterestShown interest={interest} />
        </Stack>
      )}
    </Shown>
  );
}

function InterestShown({ interest }: { readonly interest: Interest }) {
  const [excluding, setExcluding] = useState(false);
  const { terms } = interest;
  if (!terms)
    return (
      <Panel>
        <Empty title="Nothing is asked for late payment of this invoice">
          No terms were in force when it was issued. See “Interest & fees”, “Terms”.
        </Empty>
      </Panel>
    );
  return (
    <>
      {interest.problem ? <Missing interest={interest} /> : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label="Accrued" note={terms.name}>
          <Money value={interest.accrued} />
        </Figure>
        <Figure label="Charged of it">
          <Money value={interest.charged} />
        </Figure>
        <Figure label="Each further day" note="rounded; the whole is rounded once">
          <Money value={interest.daily} />
        </Figure>
        <Figure label="Fixed sum charged">
          <Money value={interest.fixedSum} />
        </Figure>
      </SimpleGrid>
      {interest.growth.length > 2 ? (
        <Panel title="How it grew">
          <AreaChart
            h={180}
            data={interest.growth.map((point) => ({
              day: dayWords(point.on),
              Interest: drawingValue(point.accrued),
            }))}
            dataKey="day"
            series={[{ name: 'Interest', color: 'var(--chart-main)' }]}
            curveType="linear"
            withDots={false}
            valueFormatter={(value) => compactText(String(value))}
          />
        </Panel>
      ) : null}
      <Panel title="Sheet">
        <Stack>
          {interest.items.map((item) =>
            item.spans.length === 0 ? null : (
              <div key={item.itemId}>
                {interest.items.length > 1 ? (
                  <Text size="sm" fw={600}>
                    Instalment {item.instalment}, due {dayWords(item.dueOn)}: <Money value={item.accrued} />
                  </Text>
                ) : null}
                <SheetTable spans={item.spans} label={`Sheet of instalment ${item.instalment}`} />
              </div>
            ),
          )}
          {interest.items.every((item) => item.spans.length === 0) ? (
            <Text size="sm" c="dimmed">
              No day bears interest so far.
            </Text>
          ) : null}
          <Text size="xs" c="dimmed">
            {terms.legalSource}
          </Text>
        </Stack>
      </Panel>
      <Panel
        title="Left out of interest"
        actions={
          interest.may.exclude === true ? (
            <Button size="compact-sm" variant="default" onClick={() => setExcluding(true)}>
              Leave out
            </Button>
          ) : null
        }
      >
        <Exclusions interest={interest} />
      </Panel>
      <ExclusionDialog interest={interest} opened={excluding} onClose={() => setExcluding(false)} />
    </>
  );
}

function Missing({ interest }: { readonly interest: Interest }) {
  const { code, on } = interest.facts;
  return (
    <Alert color="yellow" title="A reference rate is missing">
      The rate {typeof code === 'string' ? code : ''} of{' '}
      {typeof on === 'string' ? dayWords(on) : 'this half-year'} was not recorded. Record it under “Interest &
      fees”, or look at an earlier day.
    </Alert>
  );
}

function Exclusions({ interest }: { readonly interest: Interest }) {
  const release = useCommand(releaseExclusion);
  if (interest.exclusions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing. What is disputed, or handed over to a court or agency, can be left out for some days.
      </Text>
    );
  return (
    <Table>
      <Table.Tbody>
        {interest.exclusions.map((row) => (
          <Table.Tr key={row.exclusionId} {...(row.annulled ? { c: 'dimmed' } : {})}>
            <Table.Td>
              {dayWords(row.from)} to {row.to ? dayWords(row.to) : 'further notice'}
              <Text size="xs" c="dimmed">
                {row.reason}
                {row.annulled ? ' · taken back' : ''}
              </Text>
            </Table.Td>
            <Table.Td className="numeric">{row.amount ? <Money value={row.amount} /> : 'all of it'}</Table.Td>
            <Table.Td>
              {row.releasedAt === null && interest.may.exclude === true ? (
                <Group gap={6} justify="flex-end">
                  <ConfirmButton
                    label="End"
                    title="Let interest run again"
                    says="Interest runs again from tomorrow on. For the days until today none is asked."
                    confirmLabel="End it"
                    act={() => release.mutateAsync({ params: { exclusionId: row.exclusionId }, body: {} })}
                  />
                  <ConfirmButton
                    label="Take back"
                    title="As if it had never been left out"
                    says="Interest for all of its days is caught up by the next charge."
                    confirmLabel="Take back"
                    act={() =>
                      release.mutateAsync({ params: { exclusionId: row.exclusionId }, body: { annul: true } })
                    }
                  />
                </Group>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
