// One debt under given terms: how late, how much, what it comes to.

import { Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { calculateInterest } from '#charges/contract.ts';
import { useRead } from '../../lib/data.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money } from '../../ui/Money.tsx';
import { Shown } from '../../ui/Page.tsx';
import { SheetTable } from './SheetTable.tsx';
import type { Terms } from './terms.ts';

const TYPING_MS = 350;

export function TermsExample({ terms }: { readonly terms: Terms }) {
  const [example, setExample] = useState({
    amount: '1000.00',
    currency: terms.fixedSums[0]?.from.currency ?? (terms.basis === 'contract' ? 'USD' : 'EUR'),
    dueOn: '2025-10-31',
    through: '2026-01-31',
  });
  const [asked] = useDebouncedValue({ terms, example }, TYPING_MS);
  const { amount, currency, dueOn, through } = asked.example;
  const read = useRead(
    calculateInterest,
    { body: { terms: asked.terms, amount: { amount, currency }, dueOn, through } },
    { enabled: amount !== '' && currency.length === 3 && dueOn !== '' && through !== '' },
  );
  const put = (change: Partial<typeof example>): void => setExample((before) => ({ ...before, ...change }));
  return (
    <Stack>
      <Group grow align="flex-start">
        <TextInput
          label="Debt"
          inputMode="decimal"
          value={example.amount}
          onChange={(e) => put({ amount: e.currentTarget.value.trim() })}
        />
        <TextInput
          label="Currency"
          maxLength={3}
          value={example.currency}
          onChange={(e) => put({ currency: e.currentTarget.value.trim().toUpperCase() })}
        />
      </Group>
      <Group grow align="flex-start">
        <DayField label="Due" value={example.dueOn} onChange={(day) => put({ dueOn: day })} />
        <DayField label="Through" value={example.through} onChange={(day) => put({ through: day })} />
      </Group>
      <Shown read={read}>
        {(found) => (
          <Stack gap="xs">
            <Table variant="vertical">
              <Table.Tbody>
                <Table.Tr>
                  <Table.Th>Interest</Table.Th>
                  <Table.Td className="numeric">
                    <Money value={found.interest} />
                  </Table.Td>
                </Table.Tr>
                <Table.Tr>
                  <Table.Th>A day, rounded</Table.Th>
                  <Table.Td className="numeric">
                    <Money value={found.daily} />
                  </Table.Td>
                </Table.Tr>
                <Table.Tr>
                  <Table.Th>Fixed sum</Table.Th>
                  <Table.Td className="numeric">
                    {found.fixedSum ? <Money value={found.fixedSum} /> : 'none'}
                  </Table.Td>
                </Table.Tr>
              </Table.Tbody>
            </Table>
            <SheetTable spans={found.spans} label="Sheet of the example" />
            <Text size="xs" c="dimmed">
              The whole is rounded once, not each day.
            </Text>
          </Stack>
        )}
      </Shown>
    </Stack>
  );
}
