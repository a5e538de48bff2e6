// One planned reminder exactly as it would be sent; of several messages to the customer, one after the other.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { previewReminder } from '#collections/contract.ts';
import { useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Shown } from '../../ui/Page.tsx';
import { CHANNEL_WORDS, type OfDay, type Planned, planOf } from './plan-words.ts';

export function ReminderPreview({ row, ...ofDay }: OfDay & { readonly row: Planned }) {
  const [place, setPlace] = useState(1);
  const read = useRead(previewReminder, {
    params: { companyId: row.companyId, customerId: row.customerId },
    query: { ...planOf(ofDay), message: place },
  });
  return (
    <Shown read={read}>
      {(message) => (
        <Stack>
          {message.messages > 1 ? (
            <Group justify="space-between">
              <Text size="sm">
                Message {countText(place)} of {countText(message.messages)}
              </Text>
              <Group gap="xs">
                <Button
                  size="xs"
                  variant="default"
                  disabled={place === 1}
                  onClick={() => setPlace(place - 1)}
                >
                  Previous message
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  disabled={place >= message.messages}
                  onClick={() => setPlace(place + 1)}
                >
                  Next message
                </Button>
              </Group>
            </Group>
          ) : null}
          <div>
            <Group gap="xs">
              <Badge variant="light" color="gray">
                {CHANNEL_WORDS[row.channel ?? ''] ?? row.channel}
              </Badge>
              <Text size="sm" c="dimmed">
                To {message.recipient}
              </Text>
            </Group>
            <Text fw={600}>{message.subject}</Text>
          </div>
          {message.html === null ? (
            <Text component="pre" size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {message.text}
            </Text>
          ) : (
            <MailFrame html={message.html} title="The message" />
          )}
          <Text size="sm">
            Attached:{' '}
            {message.attachments.length === 0
              ? 'nothing'
              : message.attachments.map((a) => a.fileName).join(', ')}
          </Text>
        </Stack>
      )}
    </Shown>
  );
}
