// The rules that give points: each with what it asks and gives, and beside them the list as they would make it.

import { Alert, Button, Grid, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { previewWorklistRules, readWorklistRules, setWorklistRules } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { UnsavedGuard } from '../../ui/UnsavedGuard.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import { RulesPreview } from './RulesPreview.tsx';
import { type Rule, ruleWords } from './rule-words.ts';

type Found = Reply<typeof readWorklistRules>;

export default function RulesPage() {
  const read = useRead(readWorklistRules);
  return (
    <Page
      title="Rules of the worklist"
      subtitle={
        <>
          Points add up, and whoever has most comes first. <TenantLink to="worklist">The worklist</TenantLink>
        </>
      }
    >
      <Shown read={read}>{(found) => <Kept found={found} onRefused={() => void read.refetch()} />}</Shown>
    </Page>
  );
}

type FoundProps = { readonly found: Found; onRefused(): void };

/** The rules in force; where others come into force while some are changed here, what was changed stays until one shows theirs. */
function Kept({ found, onRefused }: FoundProps) {
  const [shown, setShown] = useState(found);
  const [isDraft, setDraft] = useState(false);
  const areOthers = shown.number !== found.number;
  if (areOthers && !isDraft) setShown(found);
  return (
    <>
      {areOthers && isDraft ? (
        <Alert color="yellow" title="Others are in force meanwhile" mb="md">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">
              Somebody stated set {countText(found.number)} while you changed these. Yours are kept on this
              page until you show theirs, and cannot be saved over them.
            </Text>
            <Button size="xs" variant="default" onClick={() => setDraft(false)}>
              Show theirs
            </Button>
          </Stack>
        </Alert>
      ) : null}
      <Rules key={shown.number} found={shown} onDraft={setDraft} onRefused={onRefused} />
    </>
  );
}

/** Points are typed figure by figure; the list is not asked for after each. */
const PAUSE_MS = 350;

type RulesProps = FoundProps & {
  /** Whether something is changed and not saved. */
  onDraft(isDraft: boolean): void;
};

function Rules({ found, onDraft, onRefused }: RulesProps) {
  const save = useCommand(setWorklistRules);
  const [rules, keepRules] = useState<readonly Rule[]>(found.rules);
  const isOther = (some: readonly Rule[]): boolean => JSON.stringify(some) !== JSON.stringify(found.rules);
  const setRules = (changed: readonly Rule[]): void => {
    keepRules(changed);
    onDraft(isOther(changed));
  };
  const [editing, setEditing] = useState<number | 'new'>();
  const [asked] = useDebouncedValue(rules, PAUSE_MS);
  const preview = useRead(
    previewWorklistRules,
    { body: { rules: asked.map((rule) => ({ ...rule })) } },
    { enabled: asked.length > 0 },
  );
  const mayNot = found.may.set !== true;
  const isChanged = isOther(rules);
  const countOf = new Map(preview.data?.rules.map((one) => [one.name, one.accounts]));
  const put = (index: number, rule: Rule): void =>
    setRules(rules.map((one, at) => (at === index ? rule : one)));
  return (
    <>
      <UnsavedGuard isUnsaved={() => isChanged && !save.isSuccess} />
      {save.error ? <Trouble problem={save.error} /> : null}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Panel
            title={statedWords(found)}
            actions={
              mayNot ? null : (
                <Group gap="xs" wrap="nowrap">
                  {isChanged ? (
                    <Button size="compact-sm" variant="default" onClick={() => setRules(found.rules)}>
                      Undo
                    </Button>
                  ) : null}
                  <Button
                    size="compact-sm"
                    loading={save.isPending}
                    disabled={!isChanged || rules.length === 0}
                    onClick={() =>
                      save.mutate(
                        { body: { rules: rules.map((rule) => ({ ...rule })), basedOn: found.number } },
                        { onSuccess: () => onDraft(false), onError: onRefused },
                      )
                    }
                  >
                    Save
                  </Button>
                </Group>
              )
            }
          >
            <Stack gap="sm" role="list" aria-label="Rules">
              {rules.map((rule, index) => (
                <One
                  // biome-ignore lint/suspicious/noArrayIndexKey: a rule that is given another name is still the same one
                  key={index}
                  rule={rule}
                  accounts={countOf.get(rule.name)}
                  mayNot={mayNot}
                  onSet={(changed) => put(index, changed)}
                  onEdit={() => setEditing(index)}
                  onRemove={() => setRules(rules.filter((_one, at) => at !== index))}
                />
              ))}
            </Stack>
            {mayNot ? null : (
              <Button
                mt="md"
                size="xs"
                variant="default"
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => setEditing('new')}
              >
                Add a rule
              </Button>
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <div className="rules-preview">
            <RulesPreview read={preview} />
          </div>
        </Grid.Col>
      </Grid>
      {editing === undefined ? null : (
        <RuleDialog
          rule={editing === 'new' ? undefined : rules[editing]}
          taken={rules.filter((_one, at) => at !== editing).map((one) => one.name)}
          onClose={() => setEditing(undefined)}
          onDone={(rule) => {
            setEditing(undefined);
            if (editing === 'new') setRules([...rules, rule]);
            else put(editing, rule);
          }}
        />
      )}
    </>
  );
}

function statedWords({ number, statedAt }: Found): string {
  return statedAt === null
    ? 'Rules Quittance comes with'
    : `Set ${countText(number)}, stated ${momentWords(statedAt)}`;
}

type OneProps = {
  readonly rule: Rule;
  /** Of how many accounts it is true; undefined while that is not known. */
  readonly accounts: number | undefined;
  readonly mayNot: boolean;
  onSet(rule: Rule): void;
  onEdit(): void;
  onRemove(): void;
};

function One({ rule, accounts, mayNot, onSet, onEdit, onRemove }: OneProps) {
  return (
    <Group role="listitem" align="flex-start" gap="sm" wrap="nowrap">
      <NumberInput
        aria-label={`Points of: ${rule.name}`}
        w={72}
        size="xs"
        style={{ flex: 'none' }}
        min={1}
        max={1000}
        allowDecimal={false}
        prefix="+"
        disabled={mayNot}
        value={rule.points}
        onChange={(value) => onSet({ ...rule, points: Number(value) || 1 })}
      />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {rule.name}
        </Text>
        <Text size="xs" c="dimmed">
          {ruleWords(rule)}
          {accounts === undefined
            ? ''
            : ` · true of ${countText(accounts)} ${accounts === 1 ? 'account' : 'accounts'}`}
        </Text>
        {mayNot ? null : (
          <Group gap={4} mt={2} ml={-8}>
            <Button size="compact-xs" variant="subtle" aria-label={`Change: ${rule.name}`} onClick={onEdit}>
              Change
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`Remove: ${rule.name}`}
              onClick={onRemove}
            >
              Remove
            </Button>
          </Group>
        )}
      </div>
    </Group>
  );
}
