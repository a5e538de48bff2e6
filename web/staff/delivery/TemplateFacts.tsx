// The facts a template may name: a click writes one where the cursor stands.

import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { Template } from './TemplateEditor.tsx';

export function TemplateFacts(props: {
  readonly variables: Template['variables'];
  onInsert?: ((text: string) => void) | undefined;
}) {
  const { variables, onInsert } = props;
  return (
    <Stack
      gap={6}
      mah={640}
      style={{ overflowY: 'auto' }}
      tabIndex={0}
      aria-label="Facts to insert"
      role="group"
    >
      {variables.map((variable) => (
        <Group key={variable.name} justify="space-between" wrap="nowrap" gap="sm">
          <div style={{ minWidth: 0 }}>
            <Code style={{ overflowWrap: 'anywhere' }}>{variable.insert}</Code>
            <Text size="xs" c="dimmed">
              {variable.says}
            </Text>
          </div>
          {onInsert ? (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Insert ${variable.name}`}
              onClick={() => onInsert(variable.insert)}
            >
              Insert
            </Button>
          ) : null}
        </Group>
      ))}
    </Stack>
  );
}
