// One figure with its name, large enough to be read from afar; opens the rows behind it.

import { Paper, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

type FigureProps = {
  readonly label: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly onOpen?: (() => void) | undefined;
  readonly alarming?: boolean;
};

export function Figure({ label, children, note, onOpen, alarming = false }: FigureProps) {
  const content = (
    <Paper withBorder p="md" h="100%">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={24} fw={650} lh={1.3} component="div" className={alarming ? 'late' : ''}>
        {children}
      </Text>
      {note === undefined ? null : (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Paper>
  );
  return onOpen === undefined ? content : <UnstyledButton onClick={onOpen}>{content}</UnstyledButton>;
}
