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
    <Paper withBorder p={{ base: 'sm', sm: 'md' }} h="100%">
      <div className="figure">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <div className={alarming ? 'figure-value late' : 'figure-value'}>{children}</div>
        {note === undefined ? null : (
          <Text size="xs" c="dimmed" component="div">
            {note}
          </Text>
        )}
      </div>
    </Paper>
  );
  return onOpen === undefined ? content : <UnstyledButton onClick={onOpen}>{content}</UnstyledButton>;
}
