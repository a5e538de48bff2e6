// Rules as they are edited: limits as typed texts, roles of a step as one choice.

import type { listPolicies } from '#approvals/contract.ts';
import type { Reply } from '../../lib/api.ts';

type PolicyShown = Reply<typeof listPolicies>['policies'][number];
type BandShown = PolicyShown['bands'][number];

export type Deciding = 'owner' | 'controller';

export type EditedBand = {
  readonly upTo: string;
  readonly alone: readonly Deciding[];
  readonly steps: readonly { readonly people: number; readonly of: string }[];
};

/** Who can take a step, as one choice. */
export const DECIDERS: readonly {
  readonly value: string;
  readonly label: string;
  readonly roles: Deciding[];
}[] = [
  { value: 'either', label: 'owners or controllers', roles: ['owner', 'controller'] },
  { value: 'controller', label: 'controllers', roles: ['controller'] },
  { value: 'owner', label: 'owners', roles: ['owner'] },
];

const isDeciding = (role: string): role is Deciding => role === 'owner' || role === 'controller';

/** A band as the editor holds it. */
export function bandFrom(band: BandShown): EditedBand {
  return {
    upTo: band.upTo?.amount ?? '',
    alone: band.alone.filter(isDeciding),
    steps: band.steps.map((step) => ({
      people: step.people,
      of: step.roles.length > 1 ? 'either' : (step.roles[0] ?? 'either'),
    })),
  };
}

/** One band more: what was the last one gets a limit, and the new one stands above it. */
export function bandAfter(bands: readonly EditedBand[]): readonly EditedBand[] {
  const last = bands.at(-1);
  return last ? [...bands, { ...last, upTo: '', alone: [] }] : bands;
}

/** Without one band; the last one has no limit. */
export function withoutBand(bands: readonly EditedBand[], index: number): readonly EditedBand[] {
  const rest = bands.toSpliced(index, 1);
  return rest.map((band, at) => (at === rest.length - 1 ? { ...band, upTo: '' } : band));
}

/** The bands as the server takes and shows them. */
export function shownBands(bands: readonly EditedBand[], currency: string) {
  return bands.map((band, index) => ({
    upTo: index === bands.length - 1 ? null : { amount: band.upTo, currency },
    alone: [...band.alone],
    steps: band.steps.map((step) => ({
      people: step.people,
      roles: DECIDERS.find((choice) => choice.value === step.of)?.roles ?? ['owner' as const],
    })),
  }));
}

/** What is sent: with a single band amounts do not matter, so no currency either. */
export function rulesOf(edited: {
  readonly bands: readonly EditedBand[];
  readonly currency: string;
  readonly order: PolicyShown['order'];
  readonly expiryDays: number;
}) {
  return {
    currency: edited.bands.length > 1 ? edited.currency : null,
    order: edited.order,
    expiryDays: edited.expiryDays,
    bands: shownBands(edited.bands, edited.currency),
  };
}
