// Discounts that customers took after their day: the items stay open by them until somebody collects, credits or writes off.

import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { listLateDiscounts } from '#payments/contract.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** Rows shown before the list is cut short. */
const SHOWN = 8;

export function LateDiscounts({ customerId }: { readonly customerId?: string }) {
  const pages = usePages(listLateDiscounts, { query: customerId === undefined ? {} : { customerId } });
  const rows = rowsOf(pages.data);
  if (rows.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconClockExclamation aria-hidden />}
      title={rows.length === 1 ? 'A discount taken late' : `${rows.length} discounts taken late`}
    >
      <Stack gap={4}>
        {rows.slice(0, SHOWN).map((row) => (
          <Group
            key={row.paymentId + row.itemId}
            gap="xs"
            justify="space-between"
            wrap="nowrap"
            align="flex-start"
          >
            <Text size="sm" style={{ minWidth: 0 }}>
              <TenantLink to={`invoices/${row.documentId}`}>{row.reference}</TenantLink>
              {customerId === undefined && row.customer ? ` · ${row.customer.name}` : ''}
              {' · '}
              <TenantLink to={`payments/${row.paymentId}`}>paid {dayWords(row.paidOn)}</TenantLink>
              {`, ${row.daysLate} ${row.daysLate === 1 ? 'day' : 'days'} after ${dayWords(row.untilOn)}`}
            </Text>
            <Text size="sm" fw={550} component="div" style={{ flex: 'none' }}>
              <Money value={row.open} /> open
            </Text>
          </Group>
        ))}
        {rows.length > SHOWN ? (
          <Text size="sm" c="dimmed">
            and {rows.length - SHOWN} more
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
}
