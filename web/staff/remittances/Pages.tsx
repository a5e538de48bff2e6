// The pages of a PDF as their texts stand on them, with the numbers of the chosen line marked.

import { Box, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { getRemittance } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';

type Source = NonNullable<Reply<typeof getRemittance>['source']>;
type Page = NonNullable<Source['pages']>[number];

/** A box to mark, and what stands in it. */
export type Mark = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly part: string;
};

/** Room around a marked text, in points. */
const ROOM = 2;
/** What is left white around the texts of a page, in points. */
const MARGIN = 24;
/** Texts reach below their baseline by about this part of their height. */
const DESCENT = 0.25;

export function Pages({
  pages,
  marks,
}: {
  readonly pages: readonly Page[];
  readonly marks: readonly Mark[];
}) {
  return (
    <Stack gap="sm">
      {pages
        .map((page, index) => ({ page, number: index + 1 }))
        .map(({ page, number }) => (
          <PageShown
            key={number}
            page={page}
            number={number}
            marks={marks.filter((m) => m.page === number)}
          />
        ))}
    </Stack>
  );
}

/** The part of a page that has texts on it: most letters leave much of it white. */
function viewBoxOf({ width, height, runs }: Page): string {
  const left = Math.max(0, Math.min(width, ...runs.map((run) => run.x)) - MARGIN);
  const top = Math.max(0, Math.min(height, ...runs.map((run) => run.y)) - MARGIN);
  const right = Math.min(width, Math.max(left + 1, ...runs.map((run) => run.x + run.width)) + MARGIN);
  const bottom = Math.min(height, Math.max(top + 1, ...runs.map((run) => run.y + run.height)) + MARGIN);
  return `${left} ${top} ${right - left} ${bottom - top}`;
}

function PageShown({
  page,
  number,
  marks,
}: {
  readonly page: Page;
  readonly number: number;
  readonly marks: readonly Mark[];
}) {
  const first = useRef<SVGRectElement>(null);
  const has = marks.length > 0;
  useEffect(() => {
    if (has) first.current?.scrollIntoView({ block: 'nearest' });
  }, [has]);
  const said = marks.map((mark) => mark.part).join(', ');
  return (
    <Box>
      <Text size="xs" c="dimmed">
        Page {number}
      </Text>
      <svg
        role="img"
        aria-label={said ? `Page ${number}; marked: ${said}` : `Page ${number}`}
        viewBox={viewBoxOf(page)}
        style={{
          width: '100%',
          background: 'white',
          border: '1px solid var(--mantine-color-default-border)',
        }}
      >
        {marks.map((mark, index) => (
          <rect
            key={`${mark.part} ${mark.x} ${mark.y}`}
            ref={index === 0 ? first : undefined}
            x={mark.x - ROOM}
            y={mark.y - ROOM}
            width={mark.width + 2 * ROOM}
            height={mark.height * (1 + DESCENT) + 2 * ROOM}
            rx={2}
            fill="#ffec99"
            stroke="#e67700"
          >
            <title>{mark.part}</title>
          </rect>
        ))}
        {page.runs.map((run, index) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: texts may be the same in the same place
            key={index}
            x={run.x}
            y={run.y + run.height}
            fontSize={run.height}
            textLength={run.width}
            lengthAdjust="spacingAndGlyphs"
            fontFamily="sans-serif"
            fill="#212529"
          >
            {run.text}
          </text>
        ))}
      </svg>
    </Box>
  );
}
