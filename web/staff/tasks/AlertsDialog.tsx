// How one wants to be told by mail: at which hour the mail of the day comes, and what not.

import { Button, Checkbox, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ALERT_KINDS, changeAlerts, readAlerts } from '#alerts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

type Setting = Reply<typeof readAlerts>;

const KIND_WORDS: Readonly<Record<(typeof ALERT_KINDS)[number], string>> = {
  task_assigned: 'Tasks I am given',
  promise_broken: 'Promises that were broken: tasks of mine',
  task_escalated: 'Tasks that were not done in time',
  mentioned: 'Comments that mention me',
  task_nobodys: 'Tasks that nobody has (controllers and owners)',
  due: 'Due dates that arrive or passed',
  breach: 'Reminders that should not have been sent (controllers and owners)',
  certificate_ending: 'Certificates to sign with that end (controllers and owners)',
};

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

export function AlertsButton() {
  const { data } = useRead(readAlerts);
  const [opened, setOpened] = useState(false);
  if (!data?.isTold) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Alerts
      </Button>
      {opened ? <AlertsDialog setting={data} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function AlertsDialog({ setting, onClose }: { readonly setting: Setting; onClose(): void }) {
  const change = useCommand(changeAlerts);
  const [hour, setHour] = useState(String(setting.hour));
  const [off, setOff] = useState<readonly Setting['off'][number][]>(setting.off);
  return (
    <FormDialog
      title="What I am told by mail"
      opened
      onClose={onClose}
      onSubmit={() => change.mutate({ body: { hour: Number(hour), off: [...off] } }, { onSuccess: onClose })}
      submitLabel="Save"
      busy={change.isPending}
      problem={change.error}
    >
      <Stack gap="xs" role="group" aria-label="What I am told">
        {ALERT_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            label={KIND_WORDS[kind]}
            checked={!off.includes(kind)}
            onChange={(event) =>
              setOff(event.currentTarget.checked ? off.filter((one) => one !== kind) : [...off, kind])
            }
          />
        ))}
      </Stack>
      <Select
        label="Mail of the day at"
        openOnFocus={false}
        allowDeselect={false}
        data={HOURS}
        value={hour}
        onChange={(value) => setHour(value ?? hour)}
      />
      <Text size="sm" c="dimmed">
        What is urgent, was not done in time or went wrong comes at once.
      </Text>
    </FormDialog>
  );
}
