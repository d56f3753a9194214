// What is said where the file is not whole, or a view fails. Must not let the page be taken for whole, nor leave it blank.
import { Component, type ComponentChildren } from "preact";
import type { Office } from "../data/types.ts";
import { useBroken } from "../hooks.ts";
import { to } from "../route.ts";
import { few, say } from "../words.ts";

/** At the top of every view: offices whose data is not whole. */
export function NotWhole() {
  const broken: Office[] = useBroken();
  if (broken.length === 0) return null;
  const names = few(
    broken.map((o) => o.name),
    5,
  );
  return (
    <p class="notice strict" role="alert">
      {say(
        `${names}的数据不完整，这个文件可能没有复制完整，请重新复制。合计仍是全部案件的，只是这些机构的案件看不到或不全。`,
        `The data of ${names} is not whole; the file may not have been copied completely, so please copy it again. Sums are of all cases, but cases of these offices cannot all be seen.`,
      )}
    </p>
  );
}

type Props = { at: string; children: ComponentChildren };

/** A view that fails says so, and the ways out stay. */
export class Guard extends Component<Props, { failed: string | null; at: string }> {
  override state = { failed: null as string | null, at: this.props.at };

  static override getDerivedStateFromError(error: unknown) {
    return { failed: String(error) };
  }

  static override getDerivedStateFromProps(props: Props, state: { failed: string | null; at: string }) {
    return props.at === state.at ? null : { failed: null, at: props.at };
  }

  override render() {
    if (this.state.failed === null) return this.props.children;
    return (
      <>
        <h1 tabIndex={-1}>{say("这一页打不开", "This view cannot be shown")}</h1>
        <p class="notice" role="alert">
          {say(
            "网址里要的内容程序没有认出来，或者数据不完整。数据没有改动，其他页面照常可看。",
            "The program did not know what the address asks for, or the data is not whole. Nothing was changed, and the other views work as before. ",
          )}
          <a href={to([])}>{say("回到总览", "To the overview")}</a>
        </p>
        <p class="note">{this.state.failed}</p>
      </>
    );
  }
}
