// Steps as a staircase: who decides first stands lowest. Steps that are asked at the same time stand side by side, level.
// The words say all that the picture does.

import { Text } from '@mantine/core';
import { IconCheck, IconClockHour4, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { momentWords } from '../../lib/format.ts';
import { roleWords } from '../identity/roles.ts';

/** A decision about a step, by name. */
export type StairDecision = {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly verdict: 'approved' | 'rejected';
  readonly note: string | null;
  readonly recordedAt: string;
};

export type Stair = {
  readonly roles: readonly string[];
  readonly people: number;
  readonly couldDecide: readonly string[];
  /** Left out: nobody was asked yet. */
  readonly state?: 'done' | 'open' | 'later' | 'rejected' | 'unused';
  readonly decisions?: readonly StairDecision[];
};

const STATE_WORDS: Readonly<Record<NonNullable<Stair['state']>, string>> = {
  done: 'approved',
  open: 'waits for a decision',
  later: 'after the step before',
  rejected: 'rejected',
  unused: 'was not needed',
};

/** Pixels by which a step stands above the one before. */
const RISE = 22;

export function Staircase({
  order,
  steps,
}: {
  readonly order: 'serial' | 'parallel';
  readonly steps: readonly Stair[];
}) {
  return (
    <ol className="staircase" aria-label={order === 'serial' ? 'One step after the other' : 'All at once'}>
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          key={index}
          className="stair"
          data-state={step.state ?? 'plain'}
          style={{ '--stair-rise': `${order === 'serial' ? index * RISE : 0}px` } as React.CSSProperties}
        >
          <Text size="xs" c="dimmed" fw={600}>
            {steps.length === 1 ? 'Decides' : `Step ${index + 1}`}
            {step.state === undefined ? '' : ` · ${STATE_WORDS[step.state]}`}
          </Text>
          <Text size="sm" fw={600}>
            {peopleWords(step)}
          </Text>
          {(step.decisions ?? []).map((decision) => (
            <DecisionLine key={decision.by + decision.recordedAt} decision={decision} />
          ))}
          <Waiting step={step} />
        </li>
      ))}
    </ol>
  );
}

/** `2 of: owner or controller`. */
export function peopleWords(step: { readonly roles: readonly string[]; readonly people: number }): string {
  const roles = step.roles.map(roleWords).join(' or ').toLowerCase();
  return step.people === 1 ? `One ${roles}` : `${step.people} of: ${roles}`;
}

function DecisionLine({ decision }: { readonly decision: StairDecision }) {
  const isYes = decision.verdict === 'approved';
  return (
    <Line icon={isYes ? <IconCheck size={15} aria-hidden /> : <IconX size={15} aria-hidden />}>
      <Text size="sm" component="span" fw={550}>
        {decision.by}
      </Text>{' '}
      <Text size="xs" c="dimmed" component="span">
        {isYes ? 'approved' : 'rejected'}
        {decision.onBehalfOf === null ? '' : ` for ${decision.onBehalfOf}`},{' '}
        {momentWords(decision.recordedAt)}
      </Text>
      {decision.note ? (
        <Text size="sm" fs="italic" style={{ overflowWrap: 'anywhere' }}>
          “{decision.note}”
        </Text>
      ) : null}
    </Line>
  );
}

/** Names shown of those who could decide; the rest is a number. */
const NAMES_SHOWN = 4;

function Waiting({ step }: { readonly step: Stair }) {
  if (step.state !== undefined && step.state !== 'open' && step.state !== 'later') return null;
  const decided = new Set((step.decisions ?? []).flatMap((d) => [d.by, d.onBehalfOf]));
  const names = step.couldDecide.filter((name) => !decided.has(name));
  const more = names.length - NAMES_SHOWN;
  return (
    <Line icon={<IconClockHour4 size={15} aria-hidden />}>
      <Text size="sm" c={names.length === 0 ? 'red' : 'dimmed'} component="span">
        {names.length === 0
          ? 'nobody is there who could'
          : names.slice(0, NAMES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')}
      </Text>
    </Line>
  );
}

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="stair-line">
      <span className="stair-icon">{icon}</span>
      <div style={{ minWidth: 0 }}>{children}</div>
    </div>
  );
}
