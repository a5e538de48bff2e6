// The rules of one kind as a staircase: each stair is a band of amounts, the higher the more people it takes.

import { Text } from '@mantine/core';
import type { listPolicies } from '#approvals/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { Money } from '../../ui/Money.tsx';
import { roleWords } from '../identity/roles.ts';
import { peopleWords } from './Staircase.tsx';

export type PolicyShown = Reply<typeof listPolicies>['policies'][number];
export type BandShown = PolicyShown['bands'][number];

const RISE = 16;

export function BandStairs({
  bands,
  order,
  now,
}: {
  readonly bands: readonly BandShown[];
  readonly order: PolicyShown['order'];
  /** The band that an amount being tried falls into, from 1. */
  readonly now?: number | undefined;
}) {
  return (
    <ol className="staircase" aria-label="Bands by amount">
      {bands.map((band, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a band is known by its place
          key={index}
          className="stair"
          data-now={now === index + 1 ? true : undefined}
          style={{ '--stair-rise': `${heightOf(band) * RISE}px` } as React.CSSProperties}
        >
          <Text size="xs" c="dimmed" fw={600}>
            <Limits bands={bands} index={index} />
          </Text>
          <Text size="sm">
            {band.alone.length === 0
              ? 'Nobody decides alone.'
              : `${band.alone.map(roleWords).join(' and ')} ${band.alone.length === 1 ? 'decides' : 'decide'} alone.`}
          </Text>
          <Text size="sm" {...(band.alone.length === 0 ? {} : { c: 'dimmed' })}>
            {band.alone.length === 0 ? 'Asked: ' : 'Others ask: '}
            {band.steps
              .map(peopleWords)
              .join(order === 'serial' ? ', then ' : ' and ')
              .toLowerCase()}
            .
          </Text>
        </li>
      ))}
    </ol>
  );
}

/** People whom somebody without any right of their own has to ask; fewer where some decide alone. */
function heightOf(band: BandShown): number {
  const people = band.steps.reduce((sum, step) => sum + step.people, 0);
  return band.alone.length === 0 ? people : people - 1;
}

function Limits({ bands, index }: { readonly bands: readonly BandShown[]; readonly index: number }) {
  const below = bands[index - 1]?.upTo;
  const upTo = bands[index]?.upTo;
  if (upTo)
    return (
      <>
        up to <Money value={upTo} />
      </>
    );
  if (below)
    return (
      <>
        above <Money value={below} />
      </>
    );
  return 'whatever the amount';
}
