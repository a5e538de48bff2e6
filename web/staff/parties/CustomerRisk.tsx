// The risk class of a customer: what a person stated and why, or that it is reckoned.

import { Badge, Button, Group, Input, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { changeRiskClass, RISK_CLASSES, readRiskClass } from '#risks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

type Risk = Reply<typeof readRiskClass>;
type RiskClass = NonNullable<Risk['stated']>;

const COLORS: Readonly<Record<RiskClass, string>> = { low: 'teal', medium: 'yellow', high: 'red' };

const RECKONED = 'reckoned';

export function CustomerRisk({ customerId }: { readonly customerId: string }) {
  const risk = useRead(readRiskClass, { params: { customerId } }).data;
  const [changing, setChanging] = useState(false);
  if (!risk) return null;
  const [latest] = risk.history;
  return (
    <>
      <Group gap="xs">
        {risk.stated ? (
          <Badge variant="light" color={COLORS[risk.stated]} tt="none">
            {heading(risk.stated)}
          </Badge>
        ) : (
          <Text size="sm" title={risk.rule}>
            as it pays
          </Text>
        )}
        {risk.may.change === true ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setChanging(true)}>
            {risk.stated ? 'Change the risk class' : 'State a risk class'}
          </Button>
        ) : null}
      </Group>
      {latest && risk.stated ? (
        <Text size="xs" c="dimmed">
          {latest.note} ({latest.statedBy}, {momentWords(latest.statedAt)})
        </Text>
      ) : null}
      {changing ? (
        <RiskDialog customerId={customerId} risk={risk} onClose={() => setChanging(false)} />
      ) : null}
    </>
  );
}

function RiskDialog(props: { readonly customerId: string; readonly risk: Risk; onClose(): void }) {
  const { customerId, risk, onClose } = props;
  const change = useCommand(changeRiskClass);
  const [chosen, setChosen] = useState<string>(risk.stated ?? RECKONED);
  const [note, setNote] = useState('');
  const riskClass = RISK_CLASSES.find((one) => one === chosen) ?? null;
  return (
    <FormDialog
      title="Risk class"
      opened
      onClose={onClose}
      onSubmit={() =>
        change.mutate({ params: { customerId }, body: { riskClass, note } }, { onSuccess: onClose })
      }
      submitLabel="Save"
      busy={change.isPending}
      problem={change.error}
    >
      <Input.Wrapper label="Class" description={risk.rule}>
        <SegmentedControl
          mt={6}
          fullWidth
          aria-label="Risk class"
          data={[
            { value: RECKONED, label: 'As it pays' },
            ...RISK_CLASSES.map((value) => ({ value, label: heading(value) })),
          ]}
          value={chosen}
          onChange={setChosen}
        />
      </Input.Wrapper>
      <Textarea
        label="Why"
        description="What an insurer, an agency or the customer said. It is kept with your name."
        required
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Said risk={risk} />
    </FormDialog>
  );
}

/** What was stated before, the latest first. */
function Said({ risk }: { readonly risk: Risk }) {
  if (risk.history.length === 0) return null;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500}>
        Stated before
      </Text>
      {risk.history.map((one) => (
        <Text key={one.statedAt} size="xs" c="dimmed">
          {momentWords(one.statedAt)}: {one.riskClass ? heading(one.riskClass) : 'As it pays'} – {one.note} (
          {one.statedBy})
        </Text>
      ))}
    </Stack>
  );
}
