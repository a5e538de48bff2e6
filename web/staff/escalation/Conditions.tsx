// The conditions of a hand-over, one below the other: met or not, what was found, and the messages that prove it.

import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CONDITION_WORDS, type Condition, foundWords } from './escalation-words.ts';

/** The mark keeps its size beside long words. */
const FIXED = { flexShrink: 0 } as const;

export function Conditions({ conditions }: { readonly conditions: readonly Condition[] }) {
  return (
    <Stack gap="xs" role="list" aria-label="Conditions">
      {conditions.map((condition) => (
        <Group key={condition.code} gap="sm" wrap="nowrap" align="flex-start" role="listitem">
          {condition.isMet ? (
            <IconCircleCheck size={20} color="var(--mantine-color-teal-7)" aria-label="met" style={FIXED} />
          ) : (
            <IconCircleX size={20} color="var(--mantine-color-red-7)" aria-label="not met" style={FIXED} />
          )}
          <div>
            <Group gap="xs">
              <Text size="sm">{CONDITION_WORDS[condition.code]}</Text>
              {!condition.isMet && condition.isFirm ? (
                <Badge size="xs" color="red" variant="light">
                  settle first
                </Badge>
              ) : null}
            </Group>
            <Text size="xs" c="dimmed">
              {[foundWords(condition), condition.source].filter(Boolean).join(' · ')}{' '}
              {condition.messageIds.slice(0, 5).map((id, index) => (
                <span key={id}>
                  <TenantLink to={`outbox/${id}`}>{`message ${index + 1}`}</TenantLink>{' '}
                </span>
              ))}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
