// What terms mean for one invoice, as a line of time: until when paying early saves what, and what is due when.

import { Group, Stack, Text } from '@mantine/core';
import type { previewPaymentTerms } from '#terms/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';

export type Planned = Reply<typeof previewPaymentTerms>['instalments'][number];

type Moment = {
  readonly key: string;
  readonly on: string;
  readonly kind: 'discount' | 'due';
  readonly amount: MoneyValue;
  readonly says: string;
};

function momentsOf(instalments: readonly Planned[]): readonly Moment[] {
  const several = instalments.length > 1;
  const moments = instalments.flatMap((part, index): Moment[] => [
    ...part.discounts.map(
      (d, tier): Moment => ({
        key: `${index} ${tier}`,
        on: d.untilOn,
        kind: 'discount',
        amount: d.pay,
        says: several ? `${d.percent} % less on part ${index + 1}` : `${d.percent} % less`,
      }),
    ),
    {
      key: `${index}`,
      on: part.dueOn,
      kind: 'due',
      amount: part.amount,
      says: several ? `part ${index + 1} due` : 'due',
    },
  ]);
  return moments.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The day as a number, for drawing only. */
function dayNumber(day: string): number {
  return Date.parse(day) / 86_400_000;
}

export function TermsTimeline({
  issuedOn,
  instalments,
}: {
  readonly issuedOn: string;
  readonly instalments: readonly Planned[];
}) {
  const moments = momentsOf(instalments);
  const first = dayNumber(issuedOn);
  const span = Math.max(1, dayNumber(moments.at(-1)?.on ?? issuedOn) - first);
  const at = (day: string): string => `${Math.min(100, ((dayNumber(day) - first) / span) * 100)}%`;
  const discounted = moments.filter((m) => m.kind === 'discount').at(-1);
  return (
    <Stack gap={6}>
      <div className="terms-line" aria-hidden>
        {discounted ? <span className="terms-early" style={{ width: at(discounted.on) }} /> : null}
        <span className="terms-dot terms-issued" style={{ insetInlineStart: 0 }} />
        {moments.map((m) => (
          <span key={m.key} className={`terms-dot terms-${m.kind}`} style={{ insetInlineStart: at(m.on) }} />
        ))}
      </div>
      <ul className="terms-moments" aria-label="What is to be paid when">
        <li>
          <Group gap={8} wrap="nowrap">
            <span className="terms-mark terms-issued" aria-hidden />
            <Text size="sm" w={112} style={{ flex: 'none' }}>
              {dayWords(issuedOn)}
            </Text>
            <Text size="sm" c="dimmed">
              issued
            </Text>
          </Group>
        </li>
        {moments.map((m) => (
          <li key={m.key}>
            <Group gap={8} wrap="nowrap">
              <span className={`terms-mark terms-${m.kind}`} aria-hidden />
              <Text size="sm" w={112} style={{ flex: 'none' }}>
                {dayWords(m.on)}
              </Text>
              <Text size="sm" c="dimmed" style={{ flex: 1 }}>
                {m.kind === 'discount' ? `until then, ${m.says}` : m.says}
              </Text>
              <Text size="sm" fw={550} component="div">
                <Money value={m.amount} />
              </Text>
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
