// What the page says, in Korean and English: the same keys in both, checked by a test.

export const WORDS = {
  ko: {
    language: "언어", other_language: "English", workspace: "작업 공간", open_sidebar: "대화 목록 열기", close: "닫기", back: "뒤로", cancel: "취소", save: "저장", ok: "확인", more: "더보기",
    choose_title: "누구로 들어가시겠습니까?", choose_lead: "연습용 슬랙입니다. 한 사람을 고르면 그 사람의 눈으로 보고, 쓰고, 누를 수 있습니다. 창을 두 개 열면 두 사람이 됩니다.",
    choose_switch: "다른 사람으로 바꾸기", you: "나", you_are: "{name} 님으로 보는 중", guest: "게스트", app: "앱", slackbot: "Slackbot", open_window: "새 창에서 열기",
    channels: "채널", other_channels: "참여할 수 있는 채널", dms: "다이렉트 메시지", apps: "앱", start_dm: "새 다이렉트 메시지", start_dm_who: "누구에게 쓰시겠습니까?", unread: "읽지 않은 메시지 {n}개", shared_channel: "함께 쓰는 채널", archived: "보관됨",
    join: "채널 참여", leave: "채널 나가기", leave_sure: "이 채널에서 나가시겠습니까? #{name}", preview: "미리 보는 중: #{name}", members: "구성원", members_n: "구성원 {n}명", archived_note: "보관된 채널입니다. 읽을 수만 있습니다.",
    pins: "고정된 메시지", no_pins: "고정된 메시지가 없습니다.", pinned_by_team: "고정됨", nothing_here: "아직 메시지가 없습니다. 첫 메시지를 남겨 보세요.",
    message_to: "메시지 쓰기 · {name}", reply_here: "답글 쓰기", send: "보내기", add_emoji: "이모지", mention: "사람 언급", attach: "파일 첨부", attached: "첨부할 파일: {name}", remove: "빼기", keys_hint: "Enter 보내기 · Shift+Enter 줄 바꿈",
    commands: "명령어", people: "사람", emoji: "이모지", no_match: "찾는 것이 없습니다.", usage: "사용법",
    not_in_threads: "스레드에서는 명령을 쓸 수 없습니다: {command} · 채널에서 입력해 주세요.", no_such_command: "올바른 명령이 아닙니다: {command} (“/”로 시작하는 글은 모두 명령으로 읽습니다.)", send_as_message: "메시지로 보내기",
    did_not_respond: "앱이 응답하지 않았습니다. 잠시 뒤에 다시 해 보세요.", command_failed: "명령이 실패했습니다: `{command}` 앱이 응답하지 않았습니다(operation_timeout).", only_you: "나에게만 표시", dismiss: "지우기",
    not_in_channel: "이 채널의 구성원이 아닙니다.", channel_is_archived: "보관된 채널입니다.", network: "작업 공간에 닿지 않습니다. 입력한 글은 그대로 있습니다.", failed: "하지 못했습니다: {error}", offline: "연결이 끊겼습니다. 다시 잇는 중입니다…", too_long: "글이 너무 깁니다({n}자). 40,000자까지 보낼 수 있습니다.",
    edited: "(편집됨)", deleted: "삭제된 메시지입니다.", replies: "답글 {n}개", thread: "스레드", last_reply: "마지막 답글 {when}", in_thread: "스레드에 답글 달기", new_below: "새 메시지 보기",
    react: "반응 추가", reacted: "{names} 님이 {emoji} 반응을 남겼습니다", take_away: "눌러서 내 반응 빼기", add_mine: "눌러서 나도 반응하기", message_menu: "메시지 메뉴", copy_link: "링크 복사", copied: "복사했습니다.", edit: "메시지 편집", delete: "메시지 삭제", delete_sure: "이 메시지를 삭제하시겠습니까? 되돌릴 수 없습니다.", pin: "채널에 고정", unpin: "고정 해제", app_shortcuts: "앱 바로가기", shortcuts: "바로가기와 명령", no_shortcuts: "여기서 쓸 수 있는 바로가기나 명령이 없습니다.",
    today: "오늘", yesterday: "어제", download: "내려받기", file: "파일", image_not_loaded: "이미지", video: "동영상", send_message: "메시지 보내기",
    home_tab: "홈", messages_tab: "메시지", home_empty: "이 앱은 아직 홈 화면을 만들지 않았습니다.",
    clock: "업무 시계", clock_hint: "이 시계는 연습용입니다. 앞으로만 갈 수 있고, 메시지에 적히는 시각은 실제 시각입니다.", plus_hour: "한 시간 뒤", tomorrow: "내일 아침 09:00", monday: "월요일 09:00", a_date: "날짜 고르기…", go: "이동", moving: "시계를 옮기는 중…", date_and_time: "날짜와 시각", past: "지금보다 뒤의 시각을 고르세요.",
    steps: "여섯 가지 따라 하기", steps_n: "따라 하기 {done}/{all}", step_as: "{name}", step_done: "해 봄",
    required: "필수 항목입니다.", optional: "(선택)", min_length: "{n}자 이상 입력하세요.", max_length: "{n}자까지 입력할 수 있습니다.", min_value: "{n} 이상이어야 합니다.", max_value: "{n} 이하여야 합니다.", not_number: "숫자를 입력하세요.", not_integer: "정수를 입력하세요.", not_email: "이메일 주소를 입력하세요.", not_url: "http:// 또는 https:// 로 시작하는 주소를 입력하세요.", left: "{n}자 남음",
    select: "선택", search: "찾기", clear: "선택 지우기", type_to_search: "글자를 입력하면 찾습니다.", searching: "찾는 중…", max_items: "{n}개까지 고를 수 있습니다.", submit_failed: "연결에 문제가 있습니다. 다시 해 보세요.",
    unknown_block: "이 화면이 모르는 블록: {type}", table_page: "{page}/{pages}쪽", previous: "이전", next: "다음", chart_data: "표로 보기", opens_window: "새 창에서 열립니다", helpful: "도움이 됨", not_helpful: "도움이 안 됨", see_more: "더 보기", see_less: "줄이기", task_pending: "대기", task_in_progress: "진행 중", task_complete: "완료", task_error: "오류", send_link: "영상 열기",
    invite: "사람 부르기", invite_who: "누구를 부르시겠습니까?",
  },
  en: {
    language: "Language", other_language: "한국어", workspace: "Workspace", open_sidebar: "Open the list of conversations", close: "Close", back: "Back", cancel: "Cancel", save: "Save", ok: "OK", more: "More",
    choose_title: "Who would you like to be?", choose_lead: "This is a Slack to practise in. Choose a person to see, write and press as they do. Open two windows to be two people.",
    choose_switch: "Be somebody else", you: "you", you_are: "Seen as {name}", guest: "guest", app: "APP", slackbot: "Slackbot", open_window: "Open in a new window",
    channels: "Channels", other_channels: "Channels to join", dms: "Direct messages", apps: "Apps", start_dm: "New direct message", start_dm_who: "Who do you want to write to?", unread: "{n} unread", shared_channel: "Shared channel", archived: "archived",
    join: "Join channel", leave: "Leave channel", leave_sure: "Leave #{name}?", preview: "You are viewing #{name}.", members: "Members", members_n: "{n} members", archived_note: "This channel is archived. It can only be read.",
    pins: "Pinned messages", no_pins: "No pinned messages.", pinned_by_team: "Pinned", nothing_here: "No messages yet. Write the first one.",
    message_to: "Message {name}", reply_here: "Reply…", send: "Send", add_emoji: "Emoji", mention: "Mention someone", attach: "Attach a file", attached: "File to send: {name}", remove: "Remove", keys_hint: "Enter to send · Shift+Enter for a new line",
    commands: "Commands", people: "People", emoji: "Emoji", no_match: "Nothing found.", usage: "Usage",
    not_in_threads: "{command} is not supported in threads. Sorry! Type it in the channel.", no_such_command: "{command} is not a valid command. Messages that start with “/” are read as commands.", send_as_message: "Send as a message",
    did_not_respond: "The app did not respond. Try again in a moment.", command_failed: "`{command}` failed: the app did not respond (operation_timeout).", only_you: "Only visible to you", dismiss: "Dismiss",
    not_in_channel: "You are not in this channel.", channel_is_archived: "This channel is archived.", network: "The workspace cannot be reached. What you typed is still here.", failed: "That did not work: {error}", offline: "The connection is lost. Trying again…", too_long: "That is too long ({n} characters). 40,000 can be sent.",
    edited: "(edited)", deleted: "This message was deleted.", replies: "{n} replies", thread: "Thread", last_reply: "last reply {when}", in_thread: "Reply in thread", new_below: "New messages",
    react: "Add a reaction", reacted: "{names} reacted with {emoji}", take_away: "Press to take yours away", add_mine: "Press to add yours", message_menu: "Message menu", copy_link: "Copy link", copied: "Copied.", edit: "Edit message", delete: "Delete message", delete_sure: "Delete this message? This cannot be undone.", pin: "Pin to channel", unpin: "Unpin", app_shortcuts: "App shortcuts", shortcuts: "Shortcuts and commands", no_shortcuts: "There are no shortcuts or commands you can use here.",
    today: "Today", yesterday: "Yesterday", download: "Download", file: "File", image_not_loaded: "Image", video: "Video", send_message: "Send a message",
    home_tab: "Home", messages_tab: "Messages", home_empty: "This app has not made a Home yet.",
    clock: "Business clock", clock_hint: "This clock is for practice. It only goes forward; the times on messages are real.", plus_hour: "An hour later", tomorrow: "Tomorrow morning 09:00", monday: "Monday 09:00", a_date: "Choose a date…", go: "Go", moving: "Moving the clock…", date_and_time: "Date and time", past: "Choose a time after the present one.",
    steps: "Six things to try", steps_n: "Things to try {done}/{all}", step_as: "{name}", step_done: "done",
    required: "Please complete this required field.", optional: "(optional)", min_length: "Enter at least {n} characters.", max_length: "At most {n} characters fit here.", min_value: "Must be {n} or more.", max_value: "Must be {n} or less.", not_number: "Enter a number.", not_integer: "Enter a whole number.", not_email: "Enter an email address.", not_url: "Enter an address that starts with http:// or https://.", left: "{n} left",
    select: "Select", search: "Search", clear: "Clear selection", type_to_search: "Type to search.", searching: "Searching…", max_items: "At most {n} can be chosen.", submit_failed: "We had some trouble connecting. Try again?",
    unknown_block: "A block this page does not know: {type}", table_page: "page {page} of {pages}", previous: "Previous", next: "Next", chart_data: "Show as a table", opens_window: "opens in a new window", helpful: "Helpful", not_helpful: "Not helpful", see_more: "See more", see_less: "See less", task_pending: "pending", task_in_progress: "in progress", task_complete: "complete", task_error: "error", send_link: "Open the video",
    invite: "Add people", invite_who: "Who do you want to add?",
  },
};

let language = "ko";

/** Chooses the language for every later `t`. */
export function speak(lang) {
  language = WORDS[lang] ? lang : "ko";
  document.documentElement.lang = language;
}

export const spoken = () => language;

/** The word for `key`, with `{name}` places filled in. An unknown key is a bug and throws. */
export function t(key, args = {}) {
  const word = WORDS[language][key];
  if (word === undefined) throw new Error(`no word ${key}`);
  if (key === "replies" && language === "en" && args.n === 1) return "1 reply";
  if (key === "members_n" && language === "en" && args.n === 1) return "1 member";
  return word.replace(/\{(\w+)\}/g, (_, name) => String(args[name]));
}
