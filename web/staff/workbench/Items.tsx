// The open items to choose from, and the running difference below them.

import { Badge, Button, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import type { applyPayment } from '#payments/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { type Choice, creditWords } from '../payments/ApplyForm.tsx';
import { toValue } from '../payments/amounts.ts';
import { isCredit } from '../payments/credits.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import { type Chosen, givenOf, hindranceOf, isNoAmount, outcomeWords, restOf, shortOf } from './desk.ts';

export const amountId = (itemId: string): string => `amount-${itemId}`;

type ItemsProps = {
  readonly payment: Payment;
  readonly choices: readonly Choice[];
  readonly chosen: Chosen;
  readonly at: number;
  /** What applying would do, as the server says. */
  readonly told: Reply<typeof applyPayment> | undefined;
  readonly problem: ApiProblem | null;
  onToggle(choice: Choice): void;
  onType(choice: Choice, text: string): void;
  onApply(): void;
};

export function Items({
  payment,
  choices,
  chosen,
  at,
  told,
  problem,
  onToggle,
  onType,
  onApply,
}: ItemsProps) {
  const rest = restOf(payment, chosen);
  return (
    <Panel title="Open items">
      <Stack gap="sm">
        {choices.length === 0 ? (
          <Empty title="No open item to show">
            Press m to say whose money it is, / to look at somebody’s items, or o to leave it on account.
          </Empty>
        ) : (
          <Scroll minWidth={0} maxHeight={430} label="Open items">
            <Table horizontalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={32} aria-label="Choose" />
                  <Table.Th>Item</Table.Th>
                  <Table.Th className="numeric">Open</Table.Th>
                  <Table.Th className="numeric" w={92}>
                    Apply
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {choices.map((choice, index) => (
                  <ItemRow
                    key={choice.itemId}
                    choice={choice}
                    whose={payment.customer?.name}
                    chosen={chosen}
                    isAt={index === at}
                    onToggle={() => onToggle(choice)}
                    onType={(text) => onType(choice, text)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        )}
        <Group justify="space-between" className="desk-foot">
          <Text size="sm" role="status">
            Applying <Money value={toValue(givenOf(payment, chosen))} bare />, left{' '}
            <span className={rest.minor < 0n ? 'late' : ''}>
              <Money value={toValue(rest)} />
            </span>
            <Text span size="sm" fw={600} ml={8}>
              {outcomeWords(payment, choices, chosen, told)}
            </Text>
            {problem ? (
              <Text span size="sm" className="late" ml={8}>
                {problem.message}
              </Text>
            ) : null}
          </Text>
          <Button disabled={hindranceOf(payment, chosen) !== undefined} onClick={onApply}>
            Apply
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

/** What becomes of what is short, on the badge. */
function shortWords(chosen: Chosen, itemId: string): string {
  if (chosen.written.has(itemId)) return 'written off';
  if (chosen.open.has(itemId)) return 'stays due';
  const dropped = chosen.dropped.get(itemId)?.kind;
  if (dropped === undefined) return 'short';
  return dropped === 'bank_charge' ? 'bank charge' : 'dropped';
}

function ItemRow({
  choice,
  whose,
  chosen,
  isAt,
  onToggle,
  onType,
}: {
  readonly choice: Choice;
  /** Of whom items need not be said whose they are. */
  readonly whose: string | undefined;
  readonly chosen: Chosen;
  readonly isAt: boolean;
  onToggle(): void;
  onType(text: string): void;
}) {
  const isOff = isCredit(choice);
  const typed = (isOff ? chosen.less : chosen.typed)[choice.itemId];
  const short = isOff ? undefined : shortOf(choice, chosen);
  const reason = chosen.reasons[choice.itemId];
  const dropped = chosen.dropped.get(choice.itemId)?.kind;
  return (
    <Table.Tr aria-current={isAt} className="item-row">
      <Table.Td>
        <Checkbox
          aria-label={isOff ? `Take ${choice.reference} off` : `Apply to ${choice.reference}`}
          checked={typed !== undefined}
          onChange={onToggle}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {choice.reference}
        </Text>
        <Text size="xs" c="dimmed">
          {isOff ? `${creditWords(choice)} of` : 'due'} {dayWords(choice.dueOn)}
          {choice.customer && choice.customer !== whose ? `, ${choice.customer}` : ''}
        </Text>
        {short === undefined ? null : (
          <Badge size="sm" color={reason ? 'orange' : dropped ? 'blue' : 'yellow'}>
            {reason ? `deduction ${reason.replaceAll('_', ' ')}` : shortWords(chosen, choice.itemId)}{' '}
            {toValue(short).amount}
          </Badge>
        )}
      </Table.Td>
      <Table.Td className="numeric">
        <Money value={choice.open} bare />
      </Table.Td>
      <Table.Td className="numeric">
        <TextInput
          id={amountId(choice.itemId)}
          type="text"
          aria-label={isOff ? `How much of ${choice.reference}` : `Amount for ${choice.reference}`}
          inputMode="decimal"
          size="xs"
          value={typed ?? ''}
          error={isNoAmount(typed, choice.open.currency) ? 'no amount' : undefined}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { textAlign: 'end' } }}
          onChange={(event) => onType(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </Table.Td>
    </Table.Tr>
  );
}
