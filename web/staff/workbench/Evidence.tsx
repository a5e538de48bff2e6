// What is known of the receipt in hand: who paid, what they wrote, with the numbers that are ours marked, and why it waits.

import { Group, Kbd, Mark, Stack, Text, UnstyledButton } from '@mantine/core';
import { amountText, dayWords } from '../../lib/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { chanceWords, KIND_WORDS, WAIT_WORDS } from '../paying/matching-words.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import { keyOf, lessCredits, type Suggested } from '../payments/Suggestions.tsx';
import type { Waiting } from './Queue.tsx';
import { piecesOf } from './workbench-words.ts';

/** Documents named in a suggestion; the rest is counted. */
const NAMED_MAX = 4;

export function Evidence({
  payment,
  waiting,
  onTake,
}: {
  readonly payment: Payment;
  readonly waiting: Waiting;
  onTake(suggestion: Suggested): void;
}) {
  const line = payment.statementLine;
  const numbers = [
    ...(payment.match?.candidates.map((one) => one.reference) ?? []),
    ...(payment.match?.suggestions.flatMap((one) => one.allocations.map((a) => a.reference)) ?? []),
  ];
  const text = line?.remittance || payment.reference;
  return (
    <Panel
      title={`${payment.number}, ${dayWords(payment.receivedOn)}`}
      actions={
        <TenantLink to={`payments/${payment.paymentId}`}>
          <Text size="sm">Open</Text>
        </TenantLink>
      }
    >
      <Stack gap="sm">
        <Text fz={24} fw={650} lh={1.2}>
          <Money value={payment.free} />
        </Text>
        {payment.free.amount === payment.unapplied.amount ? null : (
          <Text size="sm" c="dimmed">
            of <Money value={payment.unapplied} /> that nothing was applied of; the rest was granted back
          </Text>
        )}
        <Facts
          facts={[
            ['Customer', payment.customer?.name ?? 'Not known'],
            ['Payer', line?.payerName ?? payment.payerName],
            ['Account', line?.payerAccount ?? payment.payerAccount],
            ['Structured reference', line?.structuredReference ?? null],
            ['End-to-end id', line?.endToEndId ?? null],
          ].flatMap(([name, value]) => (value ? [[name ?? '', value] as const] : []))}
        />
        {text ? (
          <Text size="sm" className="receipt-text">
            {piecesOf(text, numbers).map((piece) =>
              piece.isKnown ? (
                <Mark key={piece.at}>{piece.text}</Mark>
              ) : (
                <span key={piece.at}>{piece.text}</span>
              ),
            )}
          </Text>
        ) : null}
        {waiting.remittanceId ? (
          <TenantLink to={`remittances/${waiting.remittanceId}`}>The payer’s remittance</TenantLink>
        ) : null}
        {waiting.mark ? (
          <Text size="sm">
            {waiting.mark.markedBy}: {waiting.mark.note || 'no note'}
          </Text>
        ) : null}
        {payment.match ? (
          <Text size="sm" c="dimmed">
            {WAIT_WORDS[payment.match.rule] ?? 'One set of items fits.'}
          </Text>
        ) : null}
        <ul className="plain-list" aria-label="Suggestions">
          {(payment.match?.suggestions ?? []).slice(0, 9).map((one, index) => (
            <li key={keyOf(one)}>
              <UnstyledButton className="queue-row" onClick={() => onTake(one)}>
                <SuggestionLine one={one} place={index + 1} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </Stack>
    </Panel>
  );
}

function SuggestionLine({ one, place }: { readonly one: Suggested; readonly place: number }) {
  const names = one.allocations.map(({ reference }) => reference);
  const rest = names.length - NAMED_MAX;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Kbd>{place}</Kbd>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {names.slice(0, NAMED_MAX).join(', ')}
          {rest > 0 ? ` and ${rest} more` : ''}
        </Text>
        <Text size="xs" c="dimmed">
          {one.customer.name}
          {one.kind === 'sum'
            ? ''
            : `, ${KIND_WORDS[one.kind]} ${amountText(one.short.amount.replace('-', ''), one.short.currency)}`}
          {one.credits.length === 0 ? '' : `, ${lessCredits(one)}`}
        </Text>
      </div>
      {one.probability === null ? null : <Text size="xs">{chanceWords(one.probability)}</Text>}
    </Group>
  );
}
