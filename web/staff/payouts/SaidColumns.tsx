// What people said of the columns of gateways' payout reports: to see, and to forget.

import { Button, Group, Stack, Text } from '@mantine/core';
import { endPayoutColumns, listPayoutColumns } from '#gateways/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';

export function SaidColumns() {
  const read = useRead(listPayoutColumns);
  const may = useMay('bank.import');
  const end = useCommand(endPayoutColumns);
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="Reports whose columns were said">
      <Stack gap="sm">
        {end.error ? <Trouble problem={end.error} /> : null}
        {rows.map(({ columnsId, gateway, columns, version, saidBy, saidAt }) => (
          <Group key={columnsId} justify="space-between" wrap="wrap" align="flex-start">
            <div style={{ flex: '1 1 320px', minWidth: 0 }}>
              <Text size="sm" fw={550}>
                {gateway}
              </Text>
              <Text size="sm" style={{ wordBreak: 'break-word' }}>
                Gross: {columns.gross} · Fee: {columns.fee} · Net: {columns.net} · Payout: {columns.payout}
              </Text>
              <Text size="sm" c="dimmed">
                version {version} · {saidBy}, {momentWords(saidAt)}
              </Text>
            </div>
            {may ? (
              <Button
                size="xs"
                variant="default"
                loading={end.isPending && end.variables?.params?.columnsId === columnsId}
                aria-label={`Forget the columns of ${gateway}`}
                onClick={() => end.mutate({ params: { columnsId }, body: {} })}
              >
                Forget
              </Button>
            ) : null}
          </Group>
        ))}
        <Text size="xs" c="dimmed">
          What was booked stays when this is forgotten. The next such report is asked about again.
        </Text>
      </Stack>
    </Panel>
  );
}
