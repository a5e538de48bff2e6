// The send gate: whether anybody was reminded wrongly, and what is asked before a reminder leaves.

import {
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Tabs,
  Text,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { readSendGate, setSendGate, WEEK_HOURS } from '#gate/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { BreachReport } from './BreachReport.tsx';
import { WAIT_WORDS } from './gate-words.ts';
import { OFFICE_HOURS, WeekHours } from './WeekHours.tsx';

type Gate = Reply<typeof readSendGate>;
type Setting = Gate['setting'];

const USUAL_HOURS = 72;
const USUAL_CAP = { contactsMax: 3, days: 7 };

export default function SendGatePage() {
  const [search, setSearch] = useAddress();
  const read = useRead(readSendGate);
  const tab = search.tab ?? 'report';
  return (
    <Page
      title="Send gate"
      subtitle="What is asked in the moment a reminder leaves, and whether anybody was reminded wrongly."
    >
      <Shown read={read}>
        {(gate) => (
          <Stack>
            {gate.waiting.length > 0 ? <Waiting gate={gate} /> : null}
            <Tabs value={tab} onChange={(to) => setSearch({ tab: to ?? '' })} keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="report">Wrong reminders</Tabs.Tab>
                <Tabs.Tab value="setting">What is asked</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="report" pt="md">
                <BreachReport />
              </Tabs.Panel>
              <Tabs.Panel value="setting" pt="md">
                <SettingForm gate={gate} />
              </Tabs.Panel>
            </Tabs>
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function Waiting({ gate }: { readonly gate: Gate }) {
  return (
    <Alert color="blue" title="Reminders that wait">
      {gate.waiting.map(({ reason, messages }) => (
        <Text size="sm" key={reason}>
          {countText(messages)}: {WAIT_WORDS[reason] ?? reason}. They go by themselves when that is over.
        </Text>
      ))}
    </Alert>
  );
}

type PartProps = {
  readonly gate: Gate;
  readonly setting: Setting;
  change(part: Partial<Setting>): void;
  readonly disabled: boolean;
};

function SettingForm({ gate }: { readonly gate: Gate }) {
  const [setting, setSetting] = useState<Setting>(gate.setting);
  const save = useCommand(setSendGate);
  const disabled = gate.may.set !== true;
  const part: PartProps = {
    gate,
    setting,
    disabled,
    change: (changed) => setSetting((before) => ({ ...before, ...changed })),
  };
  const submit = (): void =>
    save.mutate(
      { body: setting },
      { onSuccess: () => notifications.show({ message: 'Asked from now on, of messages that wait too.' }) },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {save.error ? <Trouble problem={save.error} /> : null}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <BankPart {...part} />
          <ContactPart {...part} />
        </SimpleGrid>
        <HoursPart {...part} />
        <PackPart {...part} />
        {disabled ? null : (
          <Group>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function BankPart({ gate, setting, change, disabled }: PartProps) {
  return (
    <Panel title="Bank data">
      <Stack gap="sm">
        <Switch
          label="Statements must be fresh"
          checked={setting.freshHours !== null}
          disabled={disabled}
          onChange={(event) => change({ freshHours: event.currentTarget.checked ? USUAL_HOURS : null })}
        />
        {setting.freshHours === null ? null : (
          <NumberInput
            label="Hours old at most"
            description="Hours on days on which banks settle; a weekend makes nothing older."
            min={1}
            max={720}
            value={setting.freshHours}
            disabled={disabled}
            onChange={(value) => typeof value === 'number' && change({ freshHours: value })}
          />
        )}
        <Select
          label="Where a company has no bank data"
          data={[
            { value: 'send', label: 'Send, and say so in the result' },
            { value: 'hold', label: 'Wait for bank data' },
          ]}
          value={setting.withoutBank}
          allowDeselect={false}
          disabled={disabled}
          onChange={(value) => change({ withoutBank: value === 'hold' ? 'hold' : 'send' })}
        />
        {gate.accounts.length === 0 ? null : (
          <Checkbox.Group
            label="Accounts that nobody waits for"
            value={setting.unwatched}
            onChange={(unwatched) => change({ unwatched })}
          >
            <Stack gap={6} mt={6}>
              {gate.accounts.map((account) => (
                <Checkbox
                  key={account.bankAccountId}
                  value={account.bankAccountId}
                  disabled={disabled}
                  label={`${account.name}, read up to ${dayWords(account.upTo)}`}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Stack>
    </Panel>
  );
}

function ContactPart({ setting, change, disabled }: PartProps) {
  const { cap } = setting;
  return (
    <Panel title="Contacts">
      <Stack gap="sm">
        <Switch
          label="No more than so many contacts"
          description="Reminders by any way and calls we make, of all companies together."
          checked={cap !== null}
          disabled={disabled}
          onChange={(event) => change({ cap: event.currentTarget.checked ? USUAL_CAP : null })}
        />
        {cap ? (
          <Group grow align="flex-start">
            <NumberInput
              label="Contacts at most"
              min={1}
              max={1000}
              value={cap.contactsMax}
              disabled={disabled}
              onChange={(value) =>
                typeof value === 'number' && change({ cap: { ...cap, contactsMax: value } })
              }
            />
            <NumberInput
              label="In days"
              min={1}
              max={366}
              value={cap.days}
              disabled={disabled}
              onChange={(value) => typeof value === 'number' && change({ cap: { ...cap, days: value } })}
            />
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function HoursPart({ setting, change, disabled }: PartProps) {
  return (
    <Panel title="Hours and days, where the customer is">
      <Stack gap="sm">
        <Switch
          label="Only in hours that are open"
          description="By the time zone that stands with the customer; where none does, in all zones of its country. Letters may go at any hour."
          checked={setting.openHours !== null}
          disabled={disabled}
          onChange={(event) => change({ openHours: event.currentTarget.checked ? OFFICE_HOURS : null })}
        />
        {setting.openHours?.length === WEEK_HOURS ? (
          <WeekHours
            value={setting.openHours}
            disabled={disabled}
            onChange={(openHours) => change({ openHours })}
          />
        ) : null}
        <Select
          label="Quiet on public holidays"
          maw={360}
          data={[
            { value: 'none', label: 'No' },
            { value: 'company', label: 'Of the company’s country' },
            { value: 'customer', label: 'Of the customer’s country' },
            { value: 'both', label: 'Of both countries' },
          ]}
          value={setting.quietHolidays}
          allowDeselect={false}
          disabled={disabled}
          onChange={(value) => value && change({ quietHolidays: value as Setting['quietHolidays'] })}
        />
      </Stack>
    </Panel>
  );
}

function PackPart({ gate, setting, change, disabled }: PartProps) {
  return (
    <Panel title="Rules of countries">
      <Checkbox.Group
        value={setting.packs}
        onChange={(packs) => change({ packs })}
        label="Rules that are kept"
      >
        <Stack gap="sm" mt={6}>
          {gate.packs.map((pack) => (
            <Checkbox
              key={pack.code}
              value={pack.code}
              disabled={disabled}
              label={pack.name}
              description={`${pack.source}${pack.calls ? ' Calls are not counted by this gate: whoever calls keeps to it.' : ''}`}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Panel>
  );
}
