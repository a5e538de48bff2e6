// How many documents are to be posted in portals, beside the name of the page; red where some are late.

import { Badge } from '@mantine/core';
import { WAITING_COUNTED_MAX } from '#kernel/limits.ts';
import { countUploads } from '#uploads/contract.ts';
import { useRead } from '../../lib/data.ts';

/** How often the number is asked for. */
const REFRESH_MS = 60_000;

export function ToPostBadge() {
  const { data } = useRead(countUploads, {}, { refreshMs: REFRESH_MS });
  const count = data ? data.waiting + data.rejected : 0;
  if (!data || count === 0) return null;
  return (
    <Badge
      circle={count < 10}
      color={data.late > 0 ? 'red' : 'blue'}
      aria-label={`${count} to post, ${data.late} of them late`}
    >
      {count >= WAITING_COUNTED_MAX ? '99+' : count}
    </Badge>
  );
}
