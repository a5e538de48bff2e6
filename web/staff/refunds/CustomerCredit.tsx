// What a customer has on account, since when, and what of it is promised back already.

import { Group, Stack, Text } from '@mantine/core';
import { getRefundable } from '#refunds/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { RefundButton } from './RefundButton.tsx';

export function CustomerCredit({ customerId }: { readonly customerId: string }) {
  const credits = useRead(getRefundable, { params: { customerId } }).data?.credits ?? [];
  if (credits.length === 0) return null;
  return (
    <Panel title="On account" actions={<RefundButton customerId={customerId} />}>
      <Stack gap={6}>
        {credits.map((one) => (
          <Group key={one.company.id + one.credit.currency} gap={8} align="baseline">
            <Text fw={600} component="div">
              <Money value={one.credit} />
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {credits.length > 1 ? `${one.company.name} · ` : ''}the oldest of it since{' '}
              {dayWords(one.oldestOn)}
              {/^[0.]*$/.test(one.granted.amount) ? null : (
                <>
                  {' '}
                  · <Money value={one.granted} /> <TenantLink to="refunds">granted back</TenantLink>
                </>
              )}
            </Text>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
