// Holds that stand, told wherever somebody might wonder why nothing is sent.

import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { listHolds } from '#holds/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { HoldActions } from './HoldActions.tsx';
import { effectWords, type Hold } from './hold-words.ts';

/** Holds of everything and of companies. */
export function WideHoldAlerts() {
  const wide = useRead(listHolds, { query: { state: 'standing', scope: 'wide' } });
  return <Alerts rows={wide.data?.rows ?? []} />;
}

type HoldAlertsProps = {
  readonly customerId: string;
  /** Given, those of other documents and of contacts are not told. */
  readonly documentId?: string | undefined;
};

/** Holds of a customer, its items and its contacts, below those that hold everybody. */
export function HoldAlerts({ customerId, documentId }: HoldAlertsProps) {
  const own = useRead(listHolds, { query: { state: 'standing', customerId } });
  const rows = (own.data?.rows ?? []).filter(
    (hold) => documentId === undefined || hold.scope === 'customer' || hold.documentId === documentId,
  );
  return (
    <>
      <WideHoldAlerts />
      <Alerts rows={rows} />
    </>
  );
}

function Alerts({ rows }: { readonly rows: readonly Hold[] }) {
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      {rows.map((hold) => (
        <Alert key={hold.holdId} color="yellow" icon={<IconHandStop aria-hidden />} title={effectWords(hold)}>
          <Group justify="space-between">
            <Text size="sm">
              {[hold.reasonName, hold.note, `until ${dayWords(hold.endsOn)}`, hold.owner.name]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <HoldActions hold={hold} />
          </Group>
        </Alert>
      ))}
    </Stack>
  );
}
