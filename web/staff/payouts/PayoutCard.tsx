// One payout: from what customers paid to what was sent, and the line of the bank that brought it.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { joinPayout, type listPayouts } from '#payouts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Facts, type NamedFact } from '../../ui/Facts.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Payout = Reply<typeof listPayouts>['rows'][number];

const RULE_WORDS = {
  reference: 'the bank names the payout',
  name: 'the bank names the gateway',
  person: 'somebody said so',
} as const;

export function PayoutCard({ payout }: { readonly payout: Payout }) {
  const { arrived } = payout;
  return (
    <Panel
      title={`${payout.gatewayName} · ${payout.payout}`}
      actions={
        <Group gap="xs">
          <Text size="xs">{dayWords(payout.paidOn)}</Text>
          <Badge color={arrived ? 'teal' : 'blue'}>{arrived ? 'arrived' : 'on its way'}</Badge>
        </Group>
      }
    >
      <Stack gap="xs">
        <Parts payout={payout} />
        {arrived ? (
          <Text size="sm">
            Arrived on {dayWords(arrived.bookedOn)} at{' '}
            <TenantLink to={`bank/${arrived.statementId}`}>{arrived.accountName}</TenantLink>:{' '}
            {RULE_WORDS[arrived.rule]}.
          </Text>
        ) : (
          <Fitting payout={payout} />
        )}
      </Stack>
    </Panel>
  );
}

/** From gross to what was sent; what is nothing is left out. */
function Parts({ payout }: { readonly payout: Payout }) {
  const { charges, charged, takenBack, fees, other, amount } = payout;
  const parts = [
    [charges === 1 ? '1 payment' : `${countText(charges)} payments`, charged],
    ['Refunds and chargebacks', takenBack],
    ['Fees', fees],
    ['Carried over and other', other],
    [amount.amount.startsWith('-') ? 'Taken from the bank' : 'Sent to the bank', amount],
  ] as const;
  const facts = parts
    .filter(([, value]) => Number(value.amount) !== 0)
    .map(([name, value]): NamedFact => [name, <Money key={name} value={value} />]);
  return (
    <Stack gap={4} maw={420}>
      <Facts facts={facts} />
      <Text size="sm">
        <TenantLink to={`bank/${payout.statementId}`}>All rows of {payout.payout}</TenantLink>
      </Text>
    </Stack>
  );
}

function Fitting({ payout }: { readonly payout: Payout }) {
  const may = useMay('bank.import');
  const join = useCommand(joinPayout);
  if (payout.fitting.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No line of a bank has its amount yet. It is looked for again with each statement.
      </Text>
    );
  const choose = (bankLineId: string): void =>
    join.mutate(
      { params: { gatewayLineId: payout.gatewayLineId }, body: { bankLineId } },
      { onSuccess: () => notifications.show({ message: `${payout.payout} arrived.` }) },
    );
  return (
    <Stack gap={6}>
      {join.error ? <Trouble problem={join.error} /> : null}
      <Text size="sm">
        {payout.fitting.length === 1 ? 'This line has its amount:' : 'These lines have its amount:'}
      </Text>
      {payout.fitting.map((line) => (
        <Group key={line.lineId} justify="space-between" gap="xs">
          <Text size="sm" style={{ flex: 1, minWidth: 0, wordBreak: 'break-word' }}>
            {dayWords(line.bookedOn)} ·{' '}
            <TenantLink to={`bank/${line.statementId}`}>{line.accountName}</TenantLink> · {line.said}
          </Text>
          {may ? (
            <Button
              size="xs"
              loading={join.isPending}
              aria-label={`It arrived on ${dayWords(line.bookedOn)}: ${line.said}`}
              onClick={() => choose(line.lineId)}
            >
              It arrived by this
            </Button>
          ) : null}
        </Group>
      ))}
    </Stack>
  );
}
