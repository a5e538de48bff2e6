// What a payout report comes to as its columns were said: each payout with what proves it, or why it cannot be read so.

import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { countText, dayWords } from '../../lib/format.ts';
import { FileRows } from '../../ui/FileRows.tsx';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import type { PayoutLook } from './payout-draft.ts';

type Turning = { onTurnFees(): void; onTurnTaken(): void };
type PreviewProps = Turning & { readonly look: PayoutLook; readonly isSaid: boolean };

export function PayoutPreview({ look, isSaid, ...turning }: PreviewProps) {
  if (look.refusal && isSaid) return <Refused look={look} refusal={look.refusal} {...turning} />;
  // The rows as they stand, while nothing can be said of them.
  if (look.payouts.length === 0) return <FileRows rows={look.rows} label="The first rows of the file" />;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} c="teal.8" role="status">
        <IconCheck size={14} aria-hidden /> Gross less fee is net in every row
      </Text>
      <Scroll minWidth={640} maxHeight={320} label="Payouts as they will be booked">
        <Table fz="sm" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Payout</Table.Th>
              <Table.Th>Day</Table.Th>
              <Table.Th ta="right">Payments</Table.Th>
              <Table.Th ta="right">Gross</Table.Th>
              <Table.Th ta="right">Taken back</Table.Th>
              <Table.Th ta="right">Fees</Table.Th>
              <Table.Th ta="right">Other</Table.Th>
              <Table.Th ta="right">Sent to the bank</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {look.payouts.map((payout) => (
              <Table.Tr key={`${payout.payout} ${payout.charged.currency}`}>
                <Table.Td>{payout.payout ?? 'waits for a payout'}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  {payout.paidOn ? dayWords(payout.paidOn) : '–'}
                </Table.Td>
                <Table.Td ta="right">{countText(payout.charges)}</Table.Td>
                {[payout.charged, payout.takenBack, payout.fees, payout.other, payout.sent].map(
                  (sum, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the places are the columns
                    <Table.Td ta="right" key={place}>
                      {Number(sum.amount) === 0 ? '–' : <Money value={sum} />}
                    </Table.Td>
                  ),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {look.payoutCount > look.payouts.length ? (
        <Text size="xs" c="dimmed">
          and {countText(look.payoutCount - look.payouts.length)} more
        </Text>
      ) : null}
    </Stack>
  );
}

type Refusal = NonNullable<PayoutLook['refusal']>;

const REASONS: Readonly<Record<string, (refusal: Refusal) => string>> = {
  payout_row_differs: ({ line, difference }) =>
    `In line ${line} gross less fee is not net: it is off by ${difference}.`,
  payout_sign_differs: ({ line }) =>
    `In line ${line} a refund, chargeback or payout stands with a plus, as if it brought money.`,
  payout_row_unreadable: ({ line, column, value }) =>
    `Line ${line}, ${column}: “${value}” cannot be read. Look at how dates and amounts are written.`,
  payout_differs: ({ payout, difference }) =>
    `The rows of payout ${payout} do not come to what was sent: they are off by ${difference}.`,
  payout_currencies_mixed: ({ payout }) => `Payout ${payout} has rows of two currencies.`,
  payout_without_day: ({ payout }) =>
    `Payout ${payout} has no day. Choose the column with the date of the payout.`,
};

function Refused({
  look,
  refusal,
  onTurnFees,
  onTurnTaken,
}: Turning & { readonly look: PayoutLook; readonly refusal: Refusal }) {
  const say = REASONS[refusal.code] ?? (() => 'The file cannot be read in this way.');
  const isTakenPositive = look.columns?.isTakenPositive ?? false;
  const turns = [
    look.isFeeTurned ? { words: 'Fees stand with a minus: turn them round', onTurn: onTurnFees } : null,
    look.isTakenTurned
      ? {
          words: `Refunds, chargebacks and payouts stand ${isTakenPositive ? 'with' : 'without'} a minus: turn them round`,
          onTurn: onTurnTaken,
        }
      : null,
  ].filter((turn) => turn !== null);
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title="It does not prove itself so"
      role="status"
    >
      {say(refusal)}{' '}
      {turns.map(({ words, onTurn }) => (
        <Anchor key={words} component="button" type="button" size="sm" mr="md" onClick={onTurn}>
          {words}
        </Anchor>
      ))}
    </Alert>
  );
}
