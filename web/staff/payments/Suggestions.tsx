// What a receipt may be for, for a person to take: the likeliest first, with why the machine did not apply it.

import { Alert, Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { withoutSign } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { chanceWords, KIND_WORDS, WAIT_WORDS } from '../paying/matching-words.ts';
import type { Payment } from './PaymentPage.tsx';

type Match = NonNullable<Payment['match']>;
export type Suggested = Match['suggestions'][number];

/** Documents named in a suggestion; the rest is counted. */
const NAMED_MAX = 6;

export function Suggestions({
  match,
  onTake,
}: {
  readonly match: Match;
  onTake(suggestion: Suggested): void;
}) {
  const words =
    match.decision === 'apply'
      ? 'Only one set of items fits: “Apply what is certain” on the list of payments takes it.'
      : WAIT_WORDS[match.rule];
  return (
    <Stack gap="xs">
      {words === undefined ? null : (
        <Alert variant="light" color={match.decision === 'apply' ? 'teal' : 'blue'}>
          {words}
        </Alert>
      )}
      {match.suggestions.map((one) => (
        <SuggestionRow key={keyOf(one)} suggestion={one} onTake={() => onTake(one)} />
      ))}
    </Stack>
  );
}

/** What tells one suggestion from the others of a receipt. */
export function keyOf({ kind, allocations, credits }: Suggested): string {
  return [kind, ...[...allocations, ...credits].map(({ itemId }) => itemId)].join(' ');
}

function SuggestionRow({ suggestion, onTake }: { readonly suggestion: Suggested; onTake(): void }) {
  const { allocations, credits, customer, kind, probability, short } = suggestion;
  const names = allocations.map(({ reference }) => reference);
  const rest = names.length - NAMED_MAX;
  return (
    <Group justify="space-between" gap="sm" className="suggestion">
      <div style={{ flex: '1 1 220px', minWidth: 0 }}>
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {names.slice(0, NAMED_MAX).join(', ')}
          {rest > 0 ? ` and ${rest} more` : ''}
        </Text>
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {customer.name}
          </Text>
          {kind === 'sum' ? null : (
            <Badge size="sm" color="yellow">
              {KIND_WORDS[kind]} <Money value={withoutSign(short)} bare />
            </Badge>
          )}
          {credits.length === 0 ? null : <Badge size="sm">{lessCredits(suggestion)}</Badge>}
        </Group>
      </div>
      {probability === null ? null : (
        <div style={{ width: 96 }}>
          <Text size="xs" className="numeric">
            {chanceWords(probability)}
          </Text>
          <Progress value={probability * 100} size="sm" color="teal" aria-hidden />
        </div>
      )}
      <Button size="compact-sm" variant="default" onClick={onTake} aria-label={`Fill in ${names.join(', ')}`}>
        Fill in
      </Button>
    </Group>
  );
}

/** Which credits a sum is less; nothing where it is none. */
export function lessCredits({ credits }: Suggested): string {
  return credits.length === 0 ? '' : `less ${credits.map(({ reference }) => reference).join(', ')}`;
}
