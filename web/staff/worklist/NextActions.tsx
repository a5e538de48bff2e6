// What could be done next with an account: ways by the money each is expected to bring, and what speaks against the others.

import { Group, Stack, Text } from '@mantine/core';
import type { readWorklistAccount } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { NEXT_BAR_WORDS, NEXT_WAY_WORDS } from './worklist-words.ts';

type Next = Reply<typeof readWorklistAccount>['next'][number];

export function NextActions({ next }: { readonly next: readonly Next[] }) {
  return (
    <Stack
      component="ol"
      gap={6}
      m={0}
      p={0}
      aria-label="What it is expected to bring"
      className="plain-list"
    >
      {next
        .filter(({ way }) => way !== 'wait')
        .map((one) => (
          <Group
            key={one.way}
            component="li"
            justify="space-between"
            gap="xs"
            wrap="nowrap"
            align="flex-start"
          >
            <div>
              <Text size="sm" {...(one.bars.length > 0 ? { c: 'dimmed' } : {})}>
                {NEXT_WAY_WORDS[one.way]}
              </Text>
              <Text size="xs" c="dimmed">
                {one.bars.length > 0 ? one.bars.map(barWords).join(', ') : learntWords(one)}
              </Text>
            </div>
            {one.bars.length > 0 ? null : (
              <Text size="sm" className="numeric">
                + <Money value={one.uplift} />
              </Text>
            )}
          </Group>
        ))}
    </Stack>
  );
}

function barWords({ reason, until }: Next['bars'][number]): string {
  const words = NEXT_BAR_WORDS[reason];
  // The day stands above, with what to do first.
  return until === null || reason === 'agreed_later' ? words : `${words}, until ${momentWords(until)}`;
}

function learntWords({ learntFrom }: Next): string {
  return learntFrom === 0
    ? 'likely more in two weeks, as is assumed'
    : `likely more in two weeks, by ${countText(learntFrom)} earlier ${learntFrom === 1 ? 'one' : 'ones'}`;
}
