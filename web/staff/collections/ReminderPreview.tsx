// One planned reminder exactly as it would be sent; of several messages to the customer, one after the other.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { previewPastReminder, previewReminder } from '#collections/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Shown } from '../../ui/Page.tsx';
import { CHANNEL_WORDS, type OfDay, type Past, type Planned, planOf } from './plan-words.ts';

export function ReminderPreview({ row, ...ofDay }: OfDay & { readonly row: Planned }) {
  const [place, setPlace] = useState(1);
  const read = useRead(previewReminder, {
    params: { companyId: row.companyId, customerId: row.customerId },
    query: { ...planOf(ofDay), message: place },
  });
  return (
    <Shown read={read}>
      {(message) => <Message message={message} channel={row.channel} place={place} onPlace={setPlace} />}
    </Shown>
  );
}

/** One reminder of a past day, as it would have been sent. */
export function PastPreview({ row, on }: { readonly row: Past; readonly on: string }) {
  const [place, setPlace] = useState(1);
  const read = useRead(previewPastReminder, {
    params: { companyId: row.companyId, customerId: row.customerId },
    query: { on, message: place },
  });
  return (
    <Shown read={read}>
      {(message) => <Message message={message} channel={row.channel} place={place} onPlace={setPlace} />}
    </Shown>
  );
}

type MessageProps = {
  readonly message: Reply<typeof previewReminder>;
  readonly channel: string | null;
  readonly place: number;
  onPlace(place: number): void;
};

function Message({ message, channel, place, onPlace }: MessageProps) {
  return (
    <Stack>
      {message.messages > 1 ? (
        <Group justify="space-between">
          <Text size="sm">
            Message {countText(place)} of {countText(message.messages)}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" disabled={place === 1} onClick={() => onPlace(place - 1)}>
              Previous message
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={place >= message.messages}
              onClick={() => onPlace(place + 1)}
            >
              Next message
            </Button>
          </Group>
        </Group>
      ) : null}
      <div>
        <Group gap="xs">
          <Badge variant="light" color="gray">
            {CHANNEL_WORDS[channel ?? ''] ?? channel}
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
        {message.attachments.length === 0 ? 'nothing' : message.attachments.map((a) => a.fileName).join(', ')}
      </Text>
    </Stack>
  );
}
