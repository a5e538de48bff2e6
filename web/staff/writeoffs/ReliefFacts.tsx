// What is known of a bad debt, and what of its tax comes back by that.

import { Checkbox, Stack, Text } from '@mantine/core';
import { Money } from '../../ui/Money.tsx';
import { GROUND_WORDS, gapWords, type Relief } from './relief-words.ts';

export type DebtFacts = {
  readonly insolvency: boolean;
  readonly enforcementFailed: boolean;
  readonly noticeGiven: boolean;
};
export const NO_FACTS: DebtFacts = { insolvency: false, enforcementFailed: false, noticeGiven: false };

const QUESTIONS: readonly (readonly [keyof DebtFacts, string])[] = [
  ['insolvency', 'Insolvency proceedings were opened, or refused for want of assets'],
  ['enforcementFailed', 'Collecting it was tried and failed'],
  ['noticeGiven', 'The customer was told in writing that the tax is taken back'],
];

export function ReliefFacts({
  facts,
  onChange,
}: {
  readonly facts: DebtFacts;
  onChange(facts: DebtFacts): void;
}) {
  return (
    <Stack gap={6}>
      {QUESTIONS.map(([key, label]) => (
        <Checkbox
          key={key}
          label={label}
          checked={facts[key]}
          onChange={(e) => onChange({ ...facts, [key]: e.currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}

/** What a rehearsal says of the tax: how much comes back by which law, or why not. */
export function ReliefTold({ relief }: { readonly relief: readonly Relief[] }) {
  const said = new Map<string, Relief>();
  for (const one of relief) said.set(`${one.gap} ${one.from}`, one);
  return (
    <Stack gap={4} role="status">
      {relief
        .filter((one) => one.state === 'claimed')
        .map((one) => (
          <Text key={one.itemId} size="sm">
            Tax taken back of {one.reference}: <Money value={one.tax} /> ({GROUND_WORDS[one.ground ?? '']},{' '}
            {one.source})
          </Text>
        ))}
      {[...said.values()]
        .filter((one) => one.state === 'none')
        .map((one) => (
          <Text key={`${one.gap}${one.from}`} size="sm" c="dimmed">
            {gapWords(one)}
            {one.source ? ` (${one.source})` : ''}
          </Text>
        ))}
    </Stack>
  );
}
