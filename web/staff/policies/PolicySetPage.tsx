// One set of policies: its order and steps, moved while it is a draft; what it changes; putting it in force; its days in the shadow.

import {
  Accordion,
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Stack,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import {
  changePolicies,
  countSegments,
  dropPolicies,
  getPolicySet,
  importPolicies,
  shadowPolicies,
  unshadowPolicies,
} from '#policies/contract.ts';
import { comparePolicies, listShadowDays, putPoliciesLive } from '#trials/contract.ts';
import { useAddress, useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { UnsavedGuard } from '../../ui/UnsavedGuard.tsx';
import { AccountPreview } from './AccountPreview.tsx';
import { Compare, ComparisonView } from './ComparisonView.tsx';
import { PolicyList } from './PolicyList.tsx';
import { type SetFile, STAGE_COLORS, STAGE_WORDS } from './policy-words.ts';
import { SetDiff } from './SetDiff.tsx';
import { ExportButton } from './SetFileButtons.tsx';
import { TestsEditor } from './TestsEditor.tsx';

type PolicySet = Reply<typeof getPolicySet>;

/** A file that is not saved yet, and which revision of the draft it was made from. */
type Changed = { readonly file: SetFile; readonly revision: number };

export default function PolicySetPage() {
  const setId = usePathPart('setId');
  const read = useRead(getPolicySet, { params: { setId } });
  return <Shown read={read}>{(set) => <OneSet key={set.setId} set={set} />}</Shown>;
}

function OneSet({ set }: { readonly set: PolicySet }) {
  const [search, setSearch] = useAddress();
  const saved = set.file as SetFile;
  const [changed, setChanged] = useState<Changed | null>(null);
  const file = changed?.file ?? saved;
  // What is changed stays a change of what was read first, whoever saves the draft meanwhile.
  const change = (next: SetFile): void =>
    setChanged({ file: next, revision: changed?.revision ?? set.revision });
  const tab = search.tab ?? 'policies';
  return (
    <Page
      title={`${set.number}. ${set.name}`}
      subtitle={
        <Group gap="xs">
          <Badge color={STAGE_COLORS[set.stage] ?? 'gray'} variant="light">
            {STAGE_WORDS[set.stage]}
          </Badge>
          <span>{set.note}</span>
        </Group>
      }
      actions={changed ? null : <Actions set={set} />}
    >
      <UnsavedGuard isUnsaved={() => changed !== null} />
      {changed ? <Save setId={set.setId} changed={changed} onDone={() => setChanged(null)} /> : null}
      <Tabs value={tab} onChange={(chosen) => setSearch({ tab: chosen ?? '' })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="policies">Policies</Tabs.Tab>
          <Tabs.Tab value="changes">What it changes</Tabs.Tab>
          <Tabs.Tab value="shadow">In the shadow</Tabs.Tab>
          <Tabs.Tab value="account">One account</Tabs.Tab>
          <Tabs.Tab value="tests">Tests</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="policies" pt="md">
          <Policies file={file} onChange={set.may.change === true ? change : undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt="md">
          <Compare of={changed ? { file: changed.file } : { setId: set.setId }} />
        </Tabs.Panel>
        <Tabs.Panel value="shadow" pt="md">
          <ShadowDays setId={set.setId} />
        </Tabs.Panel>
        <Tabs.Panel value="tests" pt="md">
          <TestsEditor file={file} onChange={set.may.change === true ? change : undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="account" pt="md">
          <OneAccount of={changed ? { file: changed.file } : { setId: set.setId }} file={file} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <SetDiff setId={set.setId} number={set.number} file={file} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

type FileProps = { readonly file: SetFile };

/** The policies with how many customers each would have, counted again as they are changed. */
function Policies({
  file,
  onChange,
}: FileProps & { readonly onChange: ((file: SetFile) => void) | undefined }) {
  return (
    <Stack>
      {onChange ? <SetOptions file={file} onChange={onChange} /> : null}
      <PolicyList file={file} counts={useCounts(file)} onChange={onChange} />
    </Stack>
  );
}

const PAUSE_MS = 500;

function useCounts(file: SetFile) {
  const [asked] = useDebouncedValue(JSON.stringify(file), PAUSE_MS);
  return useRead(countSegments, { body: { file: JSON.parse(asked) as SetFile } }).data?.rows;
}

function SetOptions({ file, onChange }: FileProps & { onChange(file: SetFile): void }) {
  return (
    <Group align="flex-start">
      <TextInput
        label="Name of the set"
        maxLength={100}
        value={file.name}
        onChange={(event) => onChange({ ...file, name: event.currentTarget.value })}
      />
      <TextInput
        label="Goes out from"
        description="Of each company’s own day."
        w={150}
        placeholder="07:00"
        value={file.runsAt ?? '07:00'}
        onChange={(event) => onChange({ ...file, runsAt: event.currentTarget.value })}
      />
      <Checkbox
        label="Every day by itself"
        mt={{ base: 0, xs: 32 }}
        checked={file.runsDaily !== false}
        onChange={(event) => onChange({ ...file, runsDaily: event.currentTarget.checked })}
      />
    </Group>
  );
}

/** What one account would hear: to begin with, one of those that the first policy has. */
function OneAccount({ of, file }: FileProps & Pick<Parameters<typeof AccountPreview>[0], 'of'>) {
  const counts = useCounts(file);
  const first = counts?.flatMap(({ sample }) => sample)[0]?.customerId;
  return <AccountPreview key={first ?? ''} of={of} first={first} />;
}

type SaveProps = { readonly setId: string; readonly changed: Changed; onDone(): void };

function Save({ setId, changed, onDone }: SaveProps) {
  const change = useCommand(changePolicies);
  return (
    <Alert color="blue" variant="light" title="Not saved yet">
      <Stack gap="xs">
        <Text size="sm">
          Look under <em>What it changes</em> before you save. The set’s own tests run when you do.
        </Text>
        {change.error ? <Trouble problem={change.error} /> : null}
        <Group>
          <Button
            loading={change.isPending}
            onClick={() => change.mutate({ params: { setId }, body: changed }, { onSuccess: onDone })}
          >
            Save the draft
          </Button>
          <Button variant="default" onClick={onDone}>
            Take it back
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Actions({ set }: { readonly set: PolicySet }) {
  const { setId, may } = set;
  const params = { setId };
  const [deciding, setDeciding] = useState(false);
  const shadow = useCommand(shadowPolicies);
  const unshadow = useCommand(unshadowPolicies);
  const drop = useCommand(dropPolicies);
  const copy = useCommand(importPolicies);
  const mayEdit = useMay('cadence.edit');
  const go = useGo();
  const problem = shadow.error ?? unshadow.error ?? drop.error ?? copy.error;
  return (
    <>
      {problem ? <Trouble problem={problem} /> : null}
      <ExportButton name={set.name} file={set.file} />
      {may.drop === true ? (
        <Button
          variant="subtle"
          color="red"
          onClick={() => drop.mutate({ params }, { onSuccess: () => go('policies') })}
        >
          Drop
        </Button>
      ) : null}
      {mayEdit && may.change !== true ? (
        <Button
          variant="default"
          onClick={() =>
            copy.mutate({ body: { file: set.file } }, { onSuccess: (made) => go(`policies/${made.setId}`) })
          }
        >
          New draft from it
        </Button>
      ) : null}
      {may.shadow === true ? (
        <Button variant="default" onClick={() => shadow.mutate({ params })}>
          Into the shadow
        </Button>
      ) : null}
      {may.unshadow === true ? (
        <Button variant="default" onClick={() => unshadow.mutate({ params })}>
          Out of the shadow
        </Button>
      ) : null}
      {may.putLive === true ? (
        <MayButton may={may.putLive} operation={putPoliciesLive} onClick={() => setDeciding(true)}>
          Put in force
        </MayButton>
      ) : null}
      {deciding ? <LiveDialog set={set} onClose={() => setDeciding(false)} /> : null}
    </>
  );
}

/** Puts a set in force by what is shown of it; what changed meanwhile is shown again first. */
function LiveDialog({ set, onClose }: { readonly set: PolicySet; onClose(): void }) {
  const read = useRead(comparePolicies, { body: { setId: set.setId } });
  const put = useCommand(putPoliciesLive);
  const seen = read.data;
  const submit = (): void => {
    if (!seen) return;
    const body = { replaces: seen.live?.setId ?? null, fingerprint: seen.fingerprint };
    put.mutate(
      { params: { setId: set.setId }, body },
      {
        onSuccess: () => {
          notifications.show({ title: 'In force', message: `${set.name} counts from now on.` });
          onClose();
        },
        onError: () => void read.refetch(),
      },
    );
  };
  return (
    <FormDialog
      title={`Put ${set.name} in force`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Put in force"
      busy={put.isPending || read.isFetching}
      problem={put.error}
      size="xl"
    >
      <Text size="sm">
        {seen?.live
          ? `It takes the place of ${seen.live.number}. ${seen.live.name}.`
          : 'It is your first set.'}{' '}
        What was said counts: nothing is said twice, and nothing milder than before. This is what it changes
        today:
      </Text>
      <Shown read={read}>{(found) => <ComparisonView seen={found} />}</Shown>
    </FormDialog>
  );
}

function ShadowDays({ setId }: { readonly setId: string }) {
  const read = useRead(listShadowDays, { params: { setId } });
  return (
    <Shown read={read}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Panel>
            <Empty title="No day in the shadow yet">
              A draft in the shadow is planned each day beside the set in force, before that day’s reminders.
              It says nothing; what it would have said stands here.
            </Empty>
          </Panel>
        ) : (
          <Accordion variant="separated">
            {rows.map(({ companyId, companyCode, on, recordedAt, earlier, summary }) => (
              <Accordion.Item key={`${companyId} ${recordedAt}`} value={`${companyId} ${recordedAt}`}>
                <Accordion.Control>
                  <Group justify="space-between" pr="md">
                    <Group gap="xs">
                      <Text fw={600}>
                        {dayWords(on)} · {companyCode}
                      </Text>
                      {earlier ? <Badge color="gray">before the draft was changed</Badge> : null}
                    </Group>
                    <Text size="sm" c="dimmed">
                      {summary.said.map((one) => `${countText(one.accounts)} ${one.difference}`).join(' · ')}
                    </Text>
                  </Group>
                </Accordion.Control>
                <Accordion.Panel>
                  <ComparisonView seen={summary} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )
      }
    </Shown>
  );
}
