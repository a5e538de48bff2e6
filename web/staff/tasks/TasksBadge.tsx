// How many tasks are mine, beside the name of the page; red where some are late.

import { Badge } from '@mantine/core';
import { countOpenTasks } from '#tasks/contract.ts';
import { useRead } from '../../lib/data.ts';

/** How often the number is asked for. */
const REFRESH_MS = 60_000;
const SHOWN_MAX = 99;

export function TasksBadge() {
  const { data } = useRead(countOpenTasks, {}, { refreshMs: REFRESH_MS });
  if (!data || data.mine === 0) return null;
  return (
    <Badge
      circle={data.mine < 10}
      color={data.mineLate > 0 ? 'red' : 'blue'}
      aria-label={`${data.mine} ${data.mine === 1 ? 'task' : 'tasks'} of mine, ${data.mineLate} late`}
    >
      {data.mine > SHOWN_MAX ? `${SHOWN_MAX}+` : data.mine}
    </Badge>
  );
}
