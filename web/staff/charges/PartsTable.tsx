// The parts of a charge, each with its sheet under it when it is opened.

import { Accordion, Group, Text } from '@mantine/core';
import type { readCharge } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { SheetTable } from './SheetTable.tsx';

export type ChargePart = Reply<typeof readCharge>['parts'][number];

const NAMES: Readonly<Record<ChargePart['kind'], string>> = {
  interest: 'Interest',
  fixed_sum: 'Fixed sum for recovery costs',
  reminder_fee: 'Reminder fee',
  return_fee: 'Fee for a returned payment',
  correction: 'Correction of interest',
  fee_correction: 'Correction of the fixed sum',
  waiver: 'Waived',
};

export function PartsTable({ parts }: { readonly parts: readonly ChargePart[] }) {
  return (
    <Accordion variant="contained" multiple>
      {parts.map((part) => (
        <Part key={`${part.kind} ${part.itemId ?? part.reference}`} part={part} />
      ))}
    </Accordion>
  );
}

function Part({ part }: { readonly part: ChargePart }) {
  return (
    <Accordion.Item value={`${part.kind} ${part.itemId ?? part.reference}`}>
      <Accordion.Control>
        <Group justify="space-between" pr="md" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} truncate>
              {part.kind === 'reminder_fee' ? heading(part.reference) : part.reference}
            </Text>
            <Text size="xs" c="dimmed">
              {NAMES[part.kind]}
              {part.from && part.to ? ` · ${dayWords(part.from)} to ${dayWords(part.to)}` : ''}
            </Text>
          </div>
          <Text size="sm" fw={600}>
            <Money value={part.amount} />
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {part.spans.length > 0 ? (
          <SheetTable spans={part.spans} label={`Sheet of ${part.reference}`} />
        ) : (
          <Text size="sm" c="dimmed">
            {part.kind === 'fixed_sum'
              ? 'Asked once for each invoice paid late, by the size of the debt.'
              : 'There are no days to this part.'}
          </Text>
        )}
        {part.documentId ? (
          <Text size="sm" mt="xs">
            <TenantLink to={`invoices/${part.documentId}`}>See {part.reference}</TenantLink>
          </Text>
        ) : null}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
