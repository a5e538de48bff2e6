// The state of a thing in one word and a quiet colour; the word always stands there, so colour is never alone.

import { Badge } from '@mantine/core';

const COLORS: Readonly<Record<string, string>> = {
  issued: 'blue',
  open: 'blue',
  partly_paid: 'cyan',
  paid: 'teal',
  applied: 'teal',
  sent: 'teal',
  done: 'teal',
  kept: 'teal',
  requested: 'blue',
  carried_out: 'teal',
  rejected: 'red',
  withdrawn: 'gray',
  expired: 'gray',
  unapplied: 'orange',
  payable: 'blue',
  ordered: 'cyan',
  overdue: 'red',
  queued: 'gray',
  sending: 'gray',
  ready: 'blue',
  running: 'blue',
  unknown: 'orange',
  refused: 'red',
  failed: 'red',
  returned: 'red',
  dropped: 'gray',
  voided: 'gray',
  credited: 'grape',
  written_off: 'gray',
  settled: 'teal',
  valid: 'grape',
  invalid: 'blue',
  goodwill: 'grape',
  undone: 'gray',
  waiting: 'orange',
  in_doubt: 'red',
  joined: 'teal',
  found: 'teal',
  ambiguous: 'orange',
  repeated: 'orange',
  exceeds_open: 'orange',
  other_currency: 'orange',
  instalments: 'orange',
  credit: 'orange',
};

export function StateBadge({ state }: { readonly state: string }) {
  return <Badge color={COLORS[state] ?? 'gray'}>{state.replaceAll('_', ' ')}</Badge>;
}
