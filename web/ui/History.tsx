// What happened, newest first, each with its day, its words and where to read more.

import { Text, Timeline } from '@mantine/core';
import type { ReactNode } from 'react';

export type HistoryEntry = {
  readonly key: string;
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly when: string;
  readonly children?: ReactNode;
};

export function History({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  return (
    <Timeline
      bulletSize={entries.some((entry) => entry.icon !== undefined) ? 26 : 12}
      lineWidth={2}
      active={entries.length}
    >
      {entries.map((entry) => (
        <Timeline.Item key={entry.key} bullet={entry.icon} title={<Text size="sm">{entry.title}</Text>}>
          {entry.children}
          <Text size="xs" c="dimmed">
            {entry.when}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
