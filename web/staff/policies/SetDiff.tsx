// What a set says differently from another version of it: the files side by side, line by line.

import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { getPolicySet, listPolicySets } from '#policies/contract.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { type DiffLine, diffLines, nearChanges } from '../../lib/line-diff.ts';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { STAGE_WORDS } from './policy-words.ts';

type SetDiffProps = {
  readonly setId: string;
  readonly number: number;
  /** The file that is looked at, saved or not. */
  readonly file: Record<string, unknown>;
};

const textOf = (file: Record<string, unknown>): string => JSON.stringify(file, null, 2);

export function SetDiff({ setId, number, file }: SetDiffProps) {
  const sets = rowsOf(usePages(listPolicySets).data);
  const others = sets.filter((set) => set.setId !== setId);
  const usual =
    others.find(({ stage }) => stage === 'live') ?? others.find((set) => set.number < number) ?? others[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const otherId = chosen ?? usual?.setId;
  if (otherId === undefined)
    return (
      <Panel>
        <Empty title="No other version">This is the only set there is.</Empty>
      </Panel>
    );
  return (
    <Stack>
      <Select
        label="Compared with"
        maw={360}
        allowDeselect={false}
        data={others.map((set) => ({
          value: set.setId,
          label: `${set.number}. ${set.name} (${STAGE_WORDS[set.stage] ?? set.stage})`,
        }))}
        value={otherId}
        onChange={setChosen}
      />
      <Lines otherId={otherId} file={file} />
    </Stack>
  );
}

function Lines({ otherId, file }: { readonly otherId: string; readonly file: Record<string, unknown> }) {
  const read = useRead(getPolicySet, { params: { setId: otherId } });
  return (
    <Shown read={read}>
      {(other) => {
        const lines = nearChanges(diffLines(textOf(other.file), textOf(file)));
        return (
          <Panel>
            {lines.every((line) => typeof line === 'number') ? (
              <Empty title="They say the same" />
            ) : (
              lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
                <Line key={index} line={line} />
              ))
            )}
          </Panel>
        );
      }}
    </Shown>
  );
}

const MARKS = { same: ' ', gone: '−', new: '+' } as const;

function Line({ line }: { readonly line: DiffLine | number }) {
  if (typeof line === 'number')
    return (
      <Text size="xs" c="dimmed">
        … {countText(line)} lines the same
      </Text>
    );
  return (
    <div className="diff-line" data-kind={line.kind}>
      {`${MARKS[line.kind]} ${line.text}`}
    </div>
  );
}
