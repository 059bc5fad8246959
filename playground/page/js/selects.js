// Select menus, single and multiple, over options, the app's suggestions, people, channels and conversations.
import { explain, Refused } from "./api.js";
import { h } from "./dom.js";
import { picker } from "./picker.js";
import { face, humans, isBot, nameOf, organisationOf, person } from "./people.js";
import { place, session } from "./session.js";
import { t } from "./words.js";

const choice = (option) => ({ id: option.value, label: option.text.text, note: option.description?.text, raw: option });
const userChoice = (id) => ({
  id,
  label: nameOf(id),
  note: [person(id)?.title, organisationOf(id)].filter(Boolean).join(" · "),
  face: () => face(id, nameOf(id), "face-small"),
  raw: id,
});
const channelChoice = (id) => ({ id, label: `#${session.sidebar.channels.find((one) => one.id === id)?.name ?? id}`, raw: id });
const dmChoice = (dm) => ({ ...userChoice(dm.user), id: dm.id, raw: dm.id });

const people = () => [{ options: humans().map((one) => userChoice(one.id)) }];
const channels = () => [
  { options: session.sidebar.channels.filter((one) => !one.is_archived).map((one) => channelChoice(one.id)) },
];

function conversations(one) {
  const wants = one.filter?.include;
  const fits = (channel) => !wants || wants.includes(channel.is_private ? "private" : "public");
  const open = session.sidebar.channels.filter(
    (channel) => channel.is_member && fits(channel) && !(one.filter?.exclude_external_shared_channels && channel.is_shared),
  );
  const dms =
    !wants || wants.includes("im") ? session.sidebar.dms.filter((dm) => !(one.filter?.exclude_bot_users && isBot(dm.user))) : [];
  return [
    { label: t("channels"), options: open.map((channel) => channelChoice(channel.id)) },
    { label: t("dms"), options: dms.map(dmChoice) },
  ];
}

function conversationChoice(id) {
  const dm = session.sidebar.dms.find((one) => one.id === id);
  return dm ? dmChoice(dm) : channelChoice(id);
}

/** A source gives: the state's keys, the choice for a stored value, and the groups for what was typed. */
const SOURCES = {
  static: {
    one: "selected_option",
    many: "selected_options",
    initial: (e) => e.initial_option,
    initials: (e) => e.initial_options,
    show: choice,
    load: (e) =>
      e.option_groups
        ? e.option_groups.map((group) => ({ label: group.label.text, options: group.options.map(choice) }))
        : [{ options: e.options.map(choice) }],
  },
  external: {
    one: "selected_option",
    many: "selected_options",
    initial: (e) => e.initial_option,
    initials: (e) => e.initial_options,
    show: choice,
    ask: suggested,
  },
  users: {
    one: "selected_user",
    many: "selected_users",
    initial: (e) => e.initial_user,
    initials: (e) => e.initial_users,
    show: userChoice,
    load: people,
  },
  channels: {
    one: "selected_channel",
    many: "selected_channels",
    initial: (e) => e.initial_channel,
    initials: (e) => e.initial_channels,
    show: channelChoice,
    load: channels,
  },
  conversations: {
    one: "selected_conversation",
    many: "selected_conversations",
    show: conversationChoice,
    load: conversations,
    initial: (e) => e.initial_conversation ?? (e.default_to_current_conversation ? place().channel : undefined),
    initials: (e) =>
      e.initial_conversations ?? (e.default_to_current_conversation && place().channel ? [place().channel] : undefined),
  },
};

async function suggested(one, ctx, query) {
  const answer = await ctx.surface.suggest(ctx.blockId, one.action_id, query);
  const groups = answer.option_groups?.length
    ? answer.option_groups.map((group) => ({ label: group.label.text, options: group.options.map(choice) }))
    : [{ options: (answer.options ?? []).map(choice) }];
  return groups;
}

function select(source, many) {
  return (one, ctx) => {
    const key = many ? source.many : source.one;
    const state = ctx.seed({ [key]: many ? (source.initials(one) ?? []) : (source.initial(one) ?? null) });
    const stored = () => [ctx.surface.form.get(ctx.blockId, one.action_id)[key]].flat().filter(Boolean).map(source.show);
    const tell = (picked) =>
      ctx.change(
        { [key]: many ? picked.map((item) => item.raw) : (picked[0]?.raw ?? null) },
        { undo: () => control.set(stored()) },
      );
    const control = picker({
      many,
      max: one.max_selected_items,
      placeholder: one.placeholder?.text ?? t("select"),
      attributes: ctx.attributes,
      chosen: [state[key]].flat().filter(Boolean).map(source.show),
      clearable: ctx.blockId && !ctx.tells,
      least: source.ask ? (one.min_query_length ?? 3) : 0,
      remote: Boolean(source.ask),
      load: (query) => (source.ask ? source.ask(one, ctx, query) : source.load(one)),
      changed: (picked) => {
        if (many && ctx.tells) ctx.change({ [key]: picked.map((item) => item.raw) }, { tell: false });
        else tell(picked);
      },
      settled: (picked) => {
        if (many && ctx.tells) tell(picked);
      },
      failed: (error) => {
        if (!(error instanceof Refused)) throw error;
        return h("p", { class: "error" }, explain(error));
      },
    });
    return control.node;
  };
}

export const SELECTS = Object.fromEntries(
  Object.entries(SOURCES).flatMap(([name, source]) => [
    [`${name}_select`, select(source, false)],
    [`multi_${name}_select`, select(source, true)],
  ]),
);
