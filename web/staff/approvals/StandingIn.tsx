// Who decides in whose place: handing one's own duty to decide to somebody else for some days, and ending that.

import { Badge, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import {
  changeNotices,
  delegateDuties,
  endDelegation,
  listDelegations,
  readNotices,
} from '#approvals/contract.ts';
import { me } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';

type Delegations = Reply<typeof listDelegations>;
type Delegation = Delegations['delegations'][number];

export function StandingIn() {
  const mayDecide = useMay('approval.decide');
  const read = useRead(listDelegations, {}, { enabled: mayDecide });
  const [opened, setOpened] = useState(false);
  if (!mayDecide) return null;
  return (
    <Panel
      title="Standing in"
      actions={
        <MayButton
          may={true}
          operation={delegateDuties}
          size="xs"
          variant="default"
          onClick={() => setOpened(true)}
        >
          Let somebody decide for me
        </MayButton>
      }
    >
      <Shown read={read}>
        {(found) => (
          <>
            <Listed delegations={found.delegations.filter((d) => d.endedAt === null)} />
            {opened ? <DelegateDialog people={found.people} onClose={() => setOpened(false)} /> : null}
          </>
        )}
      </Shown>
    </Panel>
  );
}

function Listed({ delegations }: { readonly delegations: readonly Delegation[] }) {
  const end = useCommand(endDelegation);
  if (delegations.length === 0)
    return (
      <Text size="sm" c="dimmed">
        When you are away, another owner or controller can decide in your place. What they decide for you is
        marked so.
      </Text>
    );
  return (
    <Table>
      <Table.Tbody>
        {delegations.map((delegation) => (
          <Table.Tr key={delegation.delegationId}>
            <Table.Td>
              <Text size="sm">
                <b>{delegation.toUser.name}</b> for <b>{delegation.fromUser.name}</b>{' '}
                {delegation.isInForce ? <Badge color="teal">now</Badge> : null}
              </Text>
              <Text size="xs" c="dimmed">
                {dayWords(delegation.startsOn)} – {dayWords(delegation.endsOn)} · {delegation.reason}
              </Text>
            </Table.Td>
            <Table.Td className="numeric">
              {delegation.may.end === true ? (
                <ConfirmButton
                  label="End"
                  spoken={`End: ${delegation.toUser.name} for ${delegation.fromUser.name}`}
                  title="End this at once?"
                  says={`${delegation.toUser.name} cannot decide for ${delegation.fromUser.name} any more. What was decided stays.`}
                  confirmLabel="End it"
                  act={() => end.mutateAsync({ params: { delegationId: delegation.delegationId } })}
                />
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const FIELDS = ['toUser', 'startsOn', 'endsOn', 'reason'];
const CODES = {
  delegate_unknown: 'toUser',
  delegation_to_oneself: 'toUser',
  delegation_ends_before_it_starts: 'endsOn',
  delegation_in_past: 'endsOn',
  delegation_too_long: 'endsOn',
};

function DelegateDialog({ people, onClose }: { readonly people: Delegations['people']; onClose(): void }) {
  const self = useRead(me).data;
  const form = useFields({ toUser: '', startsOn: self?.today ?? '', endsOn: '', reason: '' });
  const delegate = useCommand(delegateDuties);
  const { at, rest } = placeTrouble(delegate.error, FIELDS, CODES);
  const others = people.filter((person) => person.userId !== self?.user?.id);
  const submit = (): void =>
    delegate.mutate(
      { body: form.values },
      {
        onSuccess: () => {
          const name = people.find((person) => person.userId === form.values.toUser)?.name;
          notifications.show({ message: `${name} decides for you in these days.` });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="Let somebody decide for me"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Let them decide"
      busy={delegate.isPending}
      problem={rest}
    >
      <Stack>
        <Select
          label="Who"
          required
          data-autofocus
          data={others.map(({ userId, name, role }) => ({ value: userId, label: `${name} (${role})` }))}
          value={form.values.toUser || null}
          onChange={(toUser) => form.put({ toUser: toUser ?? '' })}
          nothingFoundMessage="There is no other owner or controller."
          description={others.length === 0 ? 'There is no other owner or controller yet.' : undefined}
          error={at('toUser')}
        />
        <DayField
          label="From"
          required
          value={form.values.startsOn}
          onChange={(startsOn) => form.put({ startsOn })}
          error={at('startsOn')}
        />
        <DayField
          label="To, that day included"
          required
          value={form.values.endsOn}
          onChange={(endsOn) => form.put({ endsOn })}
          error={at('endsOn')}
        />
        <TextInput
          label="Why"
          required
          placeholder="Holidays"
          {...form.text('reason')}
          error={at('reason')}
        />
      </Stack>
    </FormDialog>
  );
}

const MODES = [
  { value: 'each', label: 'soon after something waits for me' },
  { value: 'daily', label: 'once a day what is new' },
  { value: 'off', label: 'never' },
] as const;

/** How one is told by mail that something waits for oneself. */
export function Notices() {
  const mayAsk = useMay('approval.request');
  const read = useRead(readNotices, {}, { enabled: mayAsk });
  const change = useCommand(changeNotices);
  if (!mayAsk) return null;
  return (
    <Panel title="Mails about approvals">
      <Shown read={read}>
        {({ mode }) => (
          <Select
            label="I get a mail"
            description="What lapses within a day is told at once, unless you want none"
            allowDeselect={false}
            data={[...MODES]}
            value={change.isPending ? (change.variables.body?.mode ?? mode) : mode}
            onChange={(value) => {
              const wanted = MODES.find((known) => known.value === value)?.value;
              if (wanted) change.mutate({ body: { mode: wanted } });
            }}
            error={change.error?.message}
          />
        )}
      </Shown>
    </Panel>
  );
}
