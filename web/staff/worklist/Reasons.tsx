// Why an account stands where it does: which rules gave what, and what they saw.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { listWorklist } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { amountText, dayWords } from '../../lib/format.ts';

type Reason = Reply<typeof listWorklist>['rows'][number]['reasons'][number];

/** Reasons that are shown before one asks for all. */
const SHOWN = 3;

export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const more = reasons.length - SHOWN;
  return (
    <Stack gap={3} align="flex-start">
      <Stack gap={3} role="list" aria-label="Why">
        {reasons.slice(0, isWhole ? undefined : SHOWN).map((one) => (
          <Group key={one.name} gap={6} wrap="nowrap" role="listitem" align="flex-start">
            <Badge color="gray" variant="light" w={46} style={{ flex: 'none' }}>
              +{one.points}
            </Badge>
            <Text size="sm">
              {one.name}
              <Text span size="sm" c="dimmed">
                {' '}
                ({seenWords(one.seen)})
              </Text>
            </Text>
          </Group>
        ))}
      </Stack>
      {more > 0 ? (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Fewer' : `${more} more`}
        </Button>
      ) : null}
    </Stack>
  );
}

/** What a rule saw, written for the reader: amounts and days; the rest as it is. */
export function seenWords(seen: string): string {
  const amount = /^(-?[\d.]+) ([A-Z]{3})$/.exec(seen);
  if (amount) return `${amountText(amount[1] ?? '0', amount[2] ?? '')} ${amount[2]}`;
  return /^\d{4}-\d\d-\d\d$/.test(seen) ? dayWords(seen) : seen;
}
