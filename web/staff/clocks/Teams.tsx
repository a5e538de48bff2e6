// Teams that receipts can be given to: who is in each and who leads it, said in a dialog, ended by a button.

import { Badge, Button, Group, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { endReceiptTeam, keepReceiptTeam, type listWaitingReceipts } from '#clocks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

type Waiting = Reply<typeof listWaitingReceipts>;
type Team = Waiting['teams'][number];

export function Teams({ found }: { readonly found: Waiting }) {
  const [saying, setSaying] = useState<Team | 'new' | null>(null);
  const end = useCommand(endReceiptTeam);
  const may = found.may.set === true;
  if (found.teams.length === 0 && !may) return null;
  return (
    <Panel
      title="Teams"
      actions={
        may ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUsersGroup size={16} aria-hidden />}
            onClick={() => setSaying('new')}
          >
            New team
          </Button>
        ) : null
      }
    >
      {end.error ? <Trouble problem={end.error} /> : null}
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          A receipt can wait for a team. What waits too long is told to its lead.
        </Text>
        {found.teams.map((team) => (
          <Group key={team.teamId} justify="space-between" gap="xs">
            <Stack gap={2}>
              <Text fw={600}>{team.name}</Text>
              <Group gap={4}>
                {team.members.map((member) => (
                  <Badge key={member.userId} color="gray" variant="light" c="inherit" tt="none">
                    {member.userId === team.lead.userId ? `${member.name}, leads` : member.name}
                  </Badge>
                ))}
              </Group>
            </Stack>
            {may ? (
              <Group gap="xs">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Change ${team.name}`}
                  onClick={() => setSaying(team)}
                >
                  Change
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`End ${team.name}`}
                  loading={end.isPending}
                  onClick={() => end.mutate({ params: { teamId: team.teamId }, body: {} })}
                >
                  End
                </Button>
              </Group>
            ) : null}
          </Group>
        ))}
      </Stack>
      {saying ? (
        <TeamDialog
          team={saying === 'new' ? null : saying}
          people={found.people}
          onClose={() => setSaying(null)}
        />
      ) : null}
    </Panel>
  );
}

function TeamDialog({
  team,
  people,
  onClose,
}: {
  readonly team: Team | null;
  readonly people: Waiting['people'];
  onClose(): void;
}) {
  const keep = useCommand(keepReceiptTeam);
  const [name, setName] = useState(team?.name ?? '');
  const [leadId, setLeadId] = useState(team?.lead.userId ?? null);
  const [memberIds, setMemberIds] = useState(team?.members.map(({ userId }) => userId) ?? []);
  const choices = people.map((person) => ({ value: person.userId, label: person.name }));
  return (
    <FormDialog
      title={team ? `Team ${team.name}` : 'New team'}
      opened
      onClose={onClose}
      onSubmit={() =>
        leadId !== null &&
        keep.mutate(
          {
            body: {
              ...(team ? { teamId: team.teamId } : {}),
              name: name.trim(),
              leadId,
              memberIds: memberIds.filter((id) => id !== leadId),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Save"
      busy={keep.isPending}
      problem={keep.error}
    >
      <TextInput
        label="Name"
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Lead"
        description="Told of what waits too long"
        required
        data={choices}
        value={leadId}
        onChange={setLeadId}
      />
      <MultiSelect label="Members" data={choices} value={memberIds} onChange={setMemberIds} searchable />
    </FormDialog>
  );
}
