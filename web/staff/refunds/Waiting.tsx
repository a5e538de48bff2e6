// How long a refund still waits, because its account became known lately: a ring that closes, and the days in words.

import { Group, RingProgress, Text } from '@mantine/core';
import { me } from '#identity/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';

type Waits = { readonly accountSince: string; readonly payableFrom: string };

const DAY_MS = 86_400_000;
const days = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS));

/** `2 days to go`. */
export function waitingWords(refund: Waits, today: string): string {
  const left = days(today, refund.payableFrom);
  return `${left === 1 ? '1 day' : `${left} days`} to go`;
}

export function Waiting({ refund }: { readonly refund: Waits }) {
  const today = useRead(me).data?.today ?? refund.accountSince;
  const whole = days(refund.accountSince, refund.payableFrom);
  const gone = days(refund.accountSince, today);
  const share = whole === 0 ? 100 : Math.min(100, (gone / whole) * 100);
  return (
    <Group
      gap={6}
      wrap="nowrap"
      title={`The account is known since ${dayWords(refund.accountSince)}; payable from ${dayWords(refund.payableFrom)}`}
    >
      <RingProgress
        size={26}
        thickness={4}
        sections={[{ value: share, color: 'orange' }]}
        rootColor="var(--mantine-color-default-border)"
        aria-hidden
      />
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {waitingWords(refund, today)}
      </Text>
    </Group>
  );
}
