// Channels of chat services that are told what concerns everybody: who they are, what came of the last post, and adding one.

import {
  Badge,
  Button,
  Checkbox,
  Group,
  Input,
  PasswordInput,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CHANNEL_KINDS, listAlertChannels, putAlertChannel } from '#alerts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Channel = Reply<typeof listAlertChannels>['rows'][number];
type Kind = Channel['kinds'][number];

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  breach: 'Reminders that should not have been sent',
  certificate_ending: 'Certificates to sign with that end',
  task_escalated: 'Tasks that were not done in time',
  task_nobodys: 'Tasks that nobody has',
};

const OUTCOME_WORDS = {
  sent: { label: 'taken', color: 'teal' },
  later: { label: 'tried again', color: 'yellow' },
  refused: { label: 'refused', color: 'red' },
} as const;

export function Channels() {
  const read = useRead(listAlertChannels);
  const [changing, setChanging] = useState<Channel | 'new' | null>(null);
  return (
    <Shown read={read}>
      {({ rows, may }) => (
        <Panel
          title="Chat"
          actions={
            may.put === true ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => setChanging('new')}
              >
                Add a channel
              </Button>
            ) : null
          }
        >
          <Stack>
            <Text size="sm" c="dimmed">
              What concerns everybody is told to channels of Slack, Teams, Mattermost and others that take
              posts at an address. Each thing once.
            </Text>
            {rows.length > 0 ? (
              <Scroll minWidth={0} label="Channels">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Channel</Table.Th>
                      <Table.Th className="hide-narrow">At</Table.Th>
                      <Table.Th>Last post</Table.Th>
                      <Table.Th aria-label="What to do" />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.channelId}>
                        <Table.Td>
                          {row.name}
                          {row.inUse ? '' : ' (not in use)'}
                          <Text size="xs" c="dimmed" className="only-narrow" {...BREAKING}>
                            {placeOf(row)}
                          </Text>
                        </Table.Td>
                        <Table.Td className="hide-narrow" {...BREAKING}>
                          {placeOf(row)}
                        </Table.Td>
                        <Table.Td>
                          <LastPost channel={row} />
                        </Table.Td>
                        <Table.Td>
                          {may.put === true ? (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`Change ${row.name}`}
                              onClick={() => setChanging(row)}
                            >
                              Change
                            </Button>
                          ) : null}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            ) : null}
          </Stack>
          {changing ? (
            <ChannelDialog
              channel={changing === 'new' ? undefined : changing}
              onClose={() => setChanging(null)}
            />
          ) : null}
        </Panel>
      )}
    </Shown>
  );
}

const BREAKING = { style: { overflowWrap: 'anywhere' } } as const;

function placeOf({ host, isSigned }: Channel): string {
  return isSigned ? `${host}, signed` : host;
}

function LastPost({ channel: { last } }: { readonly channel: Channel }) {
  if (last === null) return 'nothing yet';
  const { label, color } = OUTCOME_WORDS[last.outcome];
  return (
    <Stack gap={2} align="flex-start">
      <Group gap={6}>
        <Badge color={color} variant="light">
          {label}
        </Badge>
        <Text size="sm">{momentWords(last.at)}</Text>
      </Group>
      {last.outcome === 'sent' ? null : (
        <Text size="xs" c="dimmed" {...BREAKING}>
          {last.words}
        </Text>
      )}
    </Stack>
  );
}

type ChannelDialogProps = { readonly channel: Channel | undefined; onClose(): void };

function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const put = useCommand(putAlertChannel);
  const [name, setName] = useState(channel?.name ?? '');
  const [url, setUrl] = useState('');
  const [key, setKey] = useState('');
  const [kinds, setKinds] = useState<readonly Kind[]>(channel?.kinds ?? CHANNEL_KINDS);
  const [inUse, setInUse] = useState(channel?.inUse ?? true);
  const [isSigned, setSigned] = useState(channel?.isSigned ?? false);
  const wasSigned = channel?.isSigned ?? false;
  const trouble = placeTrouble(put.error, ['name', 'url', 'signingKey', 'kinds'], {
    alert_channel_address_missing: 'url',
  });
  const submit = (): void => {
    const [address, signingKey] = [filled(url), filled(key)];
    put.mutate(
      {
        body: {
          ...(channel ? { channelId: channel.channelId } : {}),
          name,
          ...(address ? { url: address } : {}),
          ...(isSigned ? (signingKey ? { signingKey } : {}) : wasSigned ? { signingKey: null } : {}),
          kinds: [...kinds],
          inUse,
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={channel ? `Change ${channel.name}` : 'Add a channel'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Save"
      busy={put.isPending}
      problem={trouble.rest}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={100}
        value={name}
        error={trouble.at('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label="Address"
        required={channel === undefined}
        description="The incoming webhook that the chat service made for the channel. It is kept like a password."
        placeholder={channel ? 'as before' : 'https://…'}
        value={url}
        error={trouble.at('url')}
        aria-invalid={trouble.at('url') !== undefined}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Switch
        label="Posts are signed"
        description="Only where the receiver checks signatures."
        checked={isSigned}
        onChange={(event) => setSigned(event.currentTarget.checked)}
      />
      {isSigned ? (
        <PasswordInput
          label="Signed with"
          required={!wasSigned}
          description="A secret of 16 characters at least that the receiver knows too."
          placeholder={wasSigned ? 'as before' : ''}
          value={key}
          error={trouble.at('signingKey')}
          aria-invalid={trouble.at('signingKey') !== undefined}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      ) : null}
      <Input.Wrapper label="What it is told" labelElement="div" error={trouble.at('kinds')}>
        <Stack gap="xs" mt={4} role="group" aria-label="What it is told">
          {CHANNEL_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={KIND_WORDS[kind]}
              checked={kinds.includes(kind)}
              onChange={(event) =>
                setKinds(event.currentTarget.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
              }
            />
          ))}
        </Stack>
      </Input.Wrapper>
      <Switch label="In use" checked={inUse} onChange={(event) => setInUse(event.currentTarget.checked)} />
    </FormDialog>
  );
}
