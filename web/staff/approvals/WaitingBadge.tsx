// How many requests wait for whoever is signed in.

import { Badge } from '@mantine/core';
import { WAITING_COUNTED_MAX } from '#kernel/limits.ts';

/** How many requests wait for whoever is signed in, beside the name of the page. */
export function WaitingBadge({ waiting }: { readonly waiting: number }) {
  if (waiting === 0) return null;
  return (
    <Badge circle={waiting < 10} color="red" aria-label={`${waiting} wait for you`}>
      {waiting >= WAITING_COUNTED_MAX ? '99+' : waiting}
    </Badge>
  );
}
