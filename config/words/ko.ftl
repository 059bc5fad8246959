### 봇이 한국어로 하는 모든 말. 이름 뒤에는 조사를 붙이지 않는다.

## 메뉴와 도움말

menu-button = 메뉴
menu-opening = 무엇을 도와드릴까요?
menu-add = 할 일 추가
menu-mine = 내 할 일
menu-list = 전체 할 일
menu-help = 도움말
help-opening = *이렇게 쓰시면 됩니다.* `/tft` 뒤에 쓰거나, 봇을 멘션하거나, 봇에게 DM으로 보내세요.
help-menu = 메뉴를 엽니다.
help-help = 이 도움말을 봅니다.
help-setup = 이 채널에 TFT를 만듭니다.
help-join = 어느 측인지 고르고 명단에 참여합니다.
help-roster = 누가 어느 측에서 어떤 역할인지 봅니다.
help-member = 우리 측 구성원의 역할을 정합니다. 예: `/tft 구성원 @홍길동 간사`
help-add = 할 일을 만듭니다. 예: `/tft 추가 센터 개소 계획서 초안 @김교수 @박주무관 2026-12-05 #센터`
help-list = 진행 중인 할 일을 봅니다. 예: `/tft 목록 지연`, `/tft 목록 #센터`
help-mine = 내가 맡은 할 일을 봅니다.
help-show = 할 일 하나를 봅니다. 예: `/tft 보기 A-12`
help-done = 우리 측 몫을 완료로 기록합니다. 예: `/tft 완료 A-12`
help-undo = 10분 안에 한 마지막 일이나 내 완료 기록을 되돌립니다. 예: `/tft 되돌리기`, `/tft 되돌리기 A-12`
help-reopen = 끝난 할 일을 다시 엽니다. 예: `/tft 다시열기 A-12`
help-history = 누가 언제 무엇을 바꾸었는지 봅니다. 예: `/tft 이력 A-12`
help-assign = 담당을 바꿉니다. 예: `/tft 담당 A-12 @박주무관`
help-due = 기한을 바꿉니다. 예: `/tft 기한 A-12 다음 주 금요일`, `/tft 기한 A-12 없음`
help-edit = 할 일의 내용을 양식에서 바꿉니다. 예: `/tft 수정 A-12`
help-postpone = 기한을 옮길지, 나에게 오는 알림만 쉴지 고릅니다. 예: `/tft 미루기 A-12`
help-snooze = 나에게 오는 알림만 쉽니다. 예: `/tft 나중에알림 A-12 다음 주`
help-cancel = 사유를 적어 할 일을 취소합니다. 예: `/tft 취소 A-12 예산 미반영`
help-note = 진행 상황을 적어 둡니다. 예: `/tft 진행 A-12 견적 두 곳 받음`
help-search = 제목, 설명, 진행 기록에서 찾습니다. 예: `/tft 검색 셔틀 예산`

## 대답

not-understood = 무슨 뜻인지 알아듣지 못했습니다: “{ $text }”. 아래에서 골라 주세요.
not-understood-nearest = 무슨 뜻인지 알아듣지 못했습니다: “{ $text }”. 혹시 `/tft { $meant }` 인가요?
typed = 입력하신 내용: { $text }
typed-label = 입력하신 내용을 그대로 돌려드립니다.
sorry = 죄송합니다. 봇에 문제가 생겨 아무것도 바꾸지 못했습니다. 잠시 뒤 다시 해 보시고, 계속되면 관리자에게 이 문의 번호를 알려 주세요: `{ $reference }`
sorry-title = 문제가 생겼습니다
close = 닫기
which-task-force = 여러 TFT에 참여하고 계십니다. 어느 TFT인가요?
open-form = 입력 양식 열기
open-form-hint = 아래 버튼을 누르면 입력 양식이 열립니다.
no-task-force-here = 이 채널에는 아직 TFT가 없습니다. TFT 채널에서 다시 쓰시거나, 이 채널에 새로 만들려면 `/tft 설정` 을 입력하세요.
no-task-force-yet = 아직 어느 TFT의 명단에도 없습니다. TFT 채널에서 `/tft 참여` 를 입력하시거나, 새로 만들려면 여기에 `설정` 이라고 쓰세요.
not-in-roster = 아직 “{ $name }” 명단에 없습니다. TFT 채널에서 `/tft 참여` 를 입력해 우리 측에 참여해 주세요.

## 설정값

setting-not-a-bot-token = 봇 토큰이 아닙니다. Slack의 OAuth & Permissions에 있는 xoxb-로 시작하는 값을 넣어 주세요.
setting-not-an-app-token = 앱 토큰이 아닙니다. Slack의 Basic Information, App-Level Tokens에서 connections:write 권한으로 만든 xapp-로 시작하는 값을 넣어 주세요.
setting-not-an-address = 웹 주소가 아닙니다. http:// 또는 https:// 로 시작해야 합니다.
setting-not-a-database = 쓸 수 있는 데이터베이스 주소가 아닙니다. sqlite:///var/tft.db 또는 postgresql://user:password@host/database 처럼 써 주세요.
setting-not-a-key = 키가 아닙니다. tft doctor가 새 키를 만들어 보여 줍니다. 여러 개면 쉼표로 나누고 새 키를 앞에 두세요.
setting-not-a-language = ko 또는 en 만 쓸 수 있습니다.
setting-not-a-level = DEBUG, INFO, WARNING, ERROR 가운데 하나여야 합니다.
setting-not-a-port = 1에서 65535 사이의 숫자여야 합니다.
setting-not-seconds = 0보다 크고 3600 이하인 초 단위 숫자여야 합니다.
setting-bot-token-missing = 값이 없습니다. Slack의 OAuth & Permissions에 있는 Bot User OAuth Token(xoxb-…)을 넣어 주세요.
setting-app-token-missing = 값이 없습니다. Slack의 Basic Information, App-Level Tokens에서 connections:write 권한으로 만들어 넣어 주세요.
setting-signing-secret-missing = 값이 없습니다. HTTP로 받으려면 Slack의 Basic Information에 있는 Signing Secret이 필요합니다.
setting-half-a-client = 클라이언트 ID와 시크릿은 함께 씁니다. 슬랙의 Basic Information 화면에서 둘 다 옮겨 적거나 둘 다 비우십시오.
setting-no-such-file = 파일이 없거나 읽을 수 없습니다.
setting-not-toml = TOML 형식이 아닙니다. 슬랙 앱마다 표를 하나씩 적으십시오. 예: [gist] 아래에 bot_token = "xoxb-…"
setting-no-apps = 파일에 슬랙 앱이 하나도 없습니다.
setting-not-an-app = 앱마다 표를 하나씩 두고, 표 이름은 영문 소문자·숫자·붙임표로만 적으십시오. default는 쓸 수 없습니다.
setting-unknown = 없는 설정입니다. 앱에는 bot_token, app_token, signing_secret, client_id, client_secret만 적을 수 있습니다.
setting-not-a-text = 따옴표로 감싼 글이어야 하며 비워 둘 수 없습니다.
setting-twice = 다른 앱과 같은 토큰입니다. 슬랙 앱마다 토큰이 다릅니다.
setting-beside-apps = TFT_APPS를 쓸 때는 그 파일에 적으십시오. 여기는 비워 두십시오.
settings-bad = 설정에 문제가 있습니다. 아래를 고친 뒤 다시 시작해 주세요.

## 앱 등록 정보

manifest-name = TFT봇
manifest-description = 두 기관이 함께하는 TFT의 할 일을 기관별 담당과 ✅ 확인으로 관리합니다.
manifest-command = TFT 할 일 추가, 목록, 완료, 도움말
manifest-usage = 추가 제목 @담당 @담당 12/5 #분과 · 목록 · 내할일 · 보기 A-12 · 완료 A-12 · 도움말

## TFT 만들기

role-lead = 단장
role-deputy = 부단장
role-secretary = 간사
role-member = 팀원
role-observer = 참관인
weekday-0 = 월요일
weekday-1 = 화요일
weekday-2 = 수요일
weekday-3 = 목요일
weekday-4 = 금요일
join-button = 참여하기
name-empty = 글자나 숫자가 하나 이상 들어가야 합니다.
name-too-long = { $limit }자까지 쓸 수 있습니다. 지금 { $length }자입니다.
setup-title = TFT 만들기
setup-submit = 만들기
setup-intro = 네 가지만 정하면 됩니다. 나머지는 기본값으로 시작하고 나중에 바꿀 수 있습니다.
setup-name = TFT 이름
setup-name-hint = 예: 스마트 모빌리티 공동 TFT
setup-side = { $number }측 · 기관 이름
setup-side-hint = 화면과 회의록에 쓸 짧은 이름입니다. 예: GIST, 영광군
setup-person = { $number }측 · 첫 단장 또는 간사
setup-person-placeholder = 이름을 입력하거나 고르세요
setup-person-option = { $name } · { $title }
setup-role = { $number }측 · 그분의 역할
setup-more-sides = 측 추가
setup-fewer-sides = 마지막 측 빼기
setup-weekday = 주간 요약을 보낼 요일
setup-after = 정한 뒤에는 각 측의 구성원을 그 측의 단장·부단장·간사만 바꿀 수 있습니다. 이 양식을 채우신 분은 위에 이름을 넣지 않으면 아무 역할도 맡지 않습니다.
setup-which-channel = 어느 채널에 TFT를 만들까요? 봇이 들어가 있는 채널을 골라 주세요.
setup-choose-channel = 채널 고르기
setup-begin = TFT 만들기
setup-hello = 안녕하세요. 두 기관이 함께 쓰는 TFT 봇입니다. 할 일마다 각 측의 담당을 정하고 ✅ 로 마칩니다. 시작하려면 아래 버튼을 누르거나 `/tft 설정` 을 입력하세요.
setup-done = TFT를 시작합니다: *{ $name }*. 채널에 메뉴를 올려 고정합니다. 이제 구성원들이 `/tft 참여` 로 자기 측에 참여하면 그 측의 단장이나 간사가 승인합니다.
setup-already = 이 채널에는 이미 TFT가 있습니다: *{ $name }*
setup-who-may = 설정을 바꿀 수 있는 분: { $names }
setup-ahead = 방금 다른 분이 이 채널에 TFT를 만들었습니다. `/tft` 를 입력해 확인해 주세요.
setup-named = *{ $name }* 에서 { $side } 측 { $role } 역할로 지정되셨습니다. 우리 측에 참여하려는 분이 있으면 여기로 승인을 여쭙니다. `/tft 명단` 으로 구성원을, `/tft 구성원` 으로 역할을 정하실 수 있습니다.
setup-menu = { $name } 메뉴
setup-menu-hint = 무엇이든 아래 버튼으로 할 수 있습니다. 결과는 누르신 분에게만 보입니다.
setup-side-twice = 같은 이름의 측이 위에 있습니다. 다른 이름을 써 주세요.
setup-person-twice = 한 사람이 두 측을 대표할 수 없습니다. 다른 분을 골라 주세요.
setup-person-missing = 이 측의 첫 단장이나 간사를 목록에서 골라 주세요.
setup-person-bot = 봇은 맡을 수 없습니다. 사람을 골라 주세요.
setup-person-not-here = { $name }님은 이 채널에 없습니다. 먼저 채널에 초대하거나 다른 분을 골라 주세요.
setup-bot-not-here = 이 채널에 봇이 없습니다. 채널에서 /invite 로 봇을 초대한 뒤 다시 해 주세요.
setup-asker-not-here = 이 채널에 들어가 있는 분만 TFT를 만들 수 있습니다.

## 할 일

item-owner = { $side } 담당: { $owner }
item-owner-done = { $owner } · ✅ 완료
item-owner-seen = { $owner } · 👀 확인
item-due = 기한: { $due }
item-stream = 분과: #{ $stream }
item-open = 진행 중 · 완료 확인 대기: { $waiting }
item-half-done = { $done } 완료 · 차례: { $turn }({ $days }일째)
item-closed = 완료 · { $at }
item-cancelled = 취소 · 사유: { $reason }
item-card-how = ✅ 우리 측 몫을 마쳤습니다 · 👀 보았고 맡겠습니다 (담당자, 또는 그 측의 단장·부단장)
item-card-again = 다시 연 할 일입니다. 전에 누른 ✅는 세지 않으니, 마치시면 지웠다가 다시 누르거나 완료 버튼을 눌러 주세요.
item-done = 완료
item-edit = 변경
item-details = 자세히
item-undo = 되돌리기
item-reopen = 다시 열기
item-seen = 확인
item-added = 할 일을 만들었습니다: { $item }
item-recorded = { $ref } { $side } 측 완료로 기록했습니다 · 확인만 하셨다면 되돌리기를 누르고 👀 반응을 남겨 주세요.
item-recorded-closed = 필요한 확인이 모두 모여 할 일을 완료로 닫았습니다: { $ref }
item-taken-back = { $ref } { $side } 측 완료 기록을 되돌렸습니다 · { $state }
item-tick-stays = 카드에 내 ✅가 남아 있어도 이제 세지 않습니다. 마치시면 ✅를 지웠다가 다시 누르거나 완료 버튼을 눌러 주세요.
item-assigned = 새 할 일을 맡으셨습니다. (등록: { $by })
item-assigned-for = Slack을 쓰지 않는 담당자에게 전해 주세요. 담당: { $owner } (등록: { $by })
the-bot = 봇
item-owner-is-you = 담당을 적지 않아 본인을 담당으로 넣었습니다. 바꾸려면 변경을 누르세요.
item-which = 할 일 번호를 함께 적어 주세요. 예: `A-12`
item-not-found = “{ $name }”에 { $ref } 할 일이 없습니다. 번호는 `/tft 목록` 에서 볼 수 있습니다.
item-gone = 그 할 일을 찾을 수 없습니다. `/tft 목록` 에서 다시 골라 주세요.
item-not-open = { $ref } · 이미 끝난 할 일이라 바뀐 것이 없습니다 · { $state }
item-open-already = { $ref } · 이미 열려 있는 할 일입니다.
item-nothing-to-undo = { $ref } · 되돌릴 본인의 완료 기록이 없습니다.
item-reaction-set-aside = { $ref } · 그 ✅ 뒤에 다시 열린 할 일이라 세지 않았습니다. 마치셨으면 ✅를 지웠다가 다시 눌러 주세요.
item-observer-may-not = 참관인은 할 일을 만들거나 바꿀 수 없습니다. 우리 측 간사에게 역할 변경을 요청해 주세요.
item-owner-observer = 참관인은 담당이 될 수 없습니다: { $name }
item-owners-of-one-side = 한 측에 담당은 한 명입니다. 같은 측에서 두 명을 적으셨습니다: { $one }, { $other }
item-owner-not-in-roster = 명단에 없는 담당입니다: { $name }. 먼저 `/tft 참여` 로 명단에 들어와야 합니다.
item-owner-name-unclear = 같은 이름이 여러 명입니다: { $name }. Slack 멘션으로 골라 주세요.
item-title-missing = 무엇을 할지 제목을 적어 주세요. 예: `/tft 추가 센터 개소 계획서 초안 @김교수 @박주무관 2026-12-05 #센터`
item-title-long = 제목은 { $limit }자까지 쓸 수 있습니다. 지금은 { $length }자입니다. 줄여서 다시 보내 주세요.
item-confirm-stranger = { $ref } · 아직 이 TFT의 명단에 없어 ✅를 세지 않았습니다. TFT 채널에서 `/tft 참여` 로 명단에 들어올 수 있습니다.
item-confirm-observer = { $ref } · 참관인의 ✅는 세지 않습니다.
item-confirm-no-part = { $ref } · 우리 측에는 담당이 없는 할 일이라 세지 않았습니다.
item-confirm-not-owner = { $ref } · 우리 측 담당자, 단장, 부단장만 완료로 기록할 수 있어 세지 않았습니다.
item-confirm-for-another-side = { $ref } · 이미 다른 측의 완료로 기록하셨습니다. 한 사람이 두 측을 대신할 수는 없습니다.
item-date-impossible = 달력에 없는 날짜가 들어 있습니다. 날짜를 고쳐 다시 보내 주세요. 예: `2026-12-05`
item-closed-meanwhile = { $ref } · 그사이 끝난 할 일이라 바꿀 수 없습니다. 먼저 다시 열어 주세요.
item-changed = 바꾸었습니다: { $item }
item-unchanged = { $ref } · 바뀐 내용이 없습니다.
item-same-title = 방금 같은 제목으로 만든 할 일이 있습니다: { $item }. 하나 더 만들까요?
item-add-again = 하나 더 만들기
item-due-question = { $ref } · 기한을 한 가지로 읽을 수 없어 아직 넣지 않았습니다: “{ $written }”. 맞는 날짜를 눌러 주세요.
item-due-not-read = 적으신 말에서 기한을 읽지 못해 기한 없이 만들었습니다. 변경을 누르면 날짜를 고를 수 있습니다.
item-due-set-already = { $ref } · 그사이 기한이 정해졌습니다. 바꾸려면 변경을 누르세요.
item-due-in = { $due }까지 · { $days }근무일 남음
item-due-day-off = 그날은 쉬는 날입니다({ $name }). 다음 근무일: { $next }
item-due-past = 이미 지난 날짜입니다. 오늘이나 그 뒤의 날짜를 골라 주세요.
item-time-alone = 시각만 있고 날짜가 없습니다. 날짜도 골라 주세요.
item-stream-long = 분과 이름은 { $limit }자까지 쓸 수 있습니다.
item-needs-owner = 담당이 한 명은 있어야 합니다.
item-owner-gone = 그사이 명단에서 바뀐 분입니다. 다른 담당을 골라 주세요.
weekend = 주말
item-made = 등록: { $by } · { $at }
item-confirmed = { $side } 완료: { $at }
item-history = 이력
history-heading = *{ $ref } 이력* · { $page }/{ $pages }쪽 (최근 것부터)
history-created = 등록: { $title }
history-confirmed = { $side } 측 완료 기록 ({ $how })
history-by-reaction = ✅ 반응
history-by-button = 버튼 또는 명령
history-unconfirmed = { $side } 측 완료 기록을 되돌림
history-closed = 완료로 닫힘
history-reopened = 다시 열림
history-seen = 👀 확인
history-unseen = 👀 확인 취소
history-changed = { $what } 변경: { $old } → { $new }
field-title = 제목
field-due = 기한
field-time = 시각
field-stream = 분과
field-stream-hint = 예: 센터, 대학원, 인력양성, 예산
field-owner = { $side } 담당
field-empty = 없음
form-add = 할 일 추가
form-change = { $ref } 변경
form-submit = 추가
form-save = 저장
form-cancel = 취소
form-nobody = 담당 없음
form-one-owner = 담당은 한 측에 한 명까지입니다. 아무도 고르지 않으면 본인이 담당이 됩니다.
form-overtaken = 그사이 다른 분이 같은 항목을 바꾸었습니다. 입력하신 내용은 그대로 남아 있으며, 다시 저장하면 입력하신 내용으로 바뀝니다.
form-stands-at = 지금 { $what }: { $value }
list-heading = *{ $name }* · { $kind } { $total }건
list-heading-page = { $heading } · { $page }/{ $pages }쪽
list-empty = 해당하는 할 일이 없습니다.
list-open = 진행 중
list-mine = 내 할 일
list-overdue = 지연
list-waiting = 한 측만 완료(차례 대기)
list-closed = 완료
list-all = 전체
list-before = 이전
list-after = 다음
list-whose = “{ $word }” 측이나 사람을 명단에서 찾지 못했습니다. 예: `/tft 목록 지연 @홍길동 #센터`
home-title = 내 할 일
home-nothing = 지금 내 차례인 할 일이 없습니다.
home-nowhere = 아직 참여한 TFT가 없습니다. TFT 채널에서 `/tft 참여` 를 입력하거나 메뉴 메시지의 버튼을 눌러 참여해 주세요.
home-overdue = 기한 지남
home-open = 진행 중
home-more = 가장 급한 { $shown }건을 보여드립니다. 나머지는 각 TFT의 목록에서 볼 수 있습니다.
window-title = 할 일
item-open-short = 진행 중
item-overdue-turn = 기한 지남 · 차례: { $turn }({ $days }일째)
item-nothing-done = “{ $name }”에서 되돌릴 완료 기록이 없습니다.
item-due-moves = 기한 변경 { $count }회
item-due-which = { $ref } 기한을 한 가지로 읽을 수 없어 아직 바꾸지 않았습니다: “{ $written }”. { $why } 맞는 날짜를 눌러 주세요.
item-due-unread = { $ref } 기한을 바꾸지 않았습니다: “{ $written }”. { $why } 변경을 누르면 날짜를 고를 수 있습니다. 기한을 없애려면 `/tft 기한 { $ref } 없음`
item-moved = { $ref } 기한이 바뀌었습니다: { $old } → { $new } · { $title } (변경: { $by })
item-postpone = 미루기
item-postpone-what = { $ref } 무엇을 미룰까요? { $title }
item-postpone-due = 기한 옮기기
item-snooze = 나에게 오는 알림만
item-snooze-when = { $ref } 나에게 오는 알림을 언제까지 쉴까요? { $title }
item-snoozed = { $ref } { $until } 전까지 이 할 일의 알림을 나에게는 보내지 않습니다. 기한은 그대로입니다: { $due }
item-snooze-past = 내일이나 그 뒤의 날짜를 적어 주세요. 예: `/tft 나중에알림 A-12 다음 주`
item-snooze-unread = “{ $written }” 날짜를 읽지 못했습니다. 예: `/tft 나중에알림 A-12 내일`
item-rests = 나에게 오는 알림은 { $until } 전까지 쉽니다.
item-ask-owner = 담당 변경 요청
item-choose-owner = 담당 바꾸기
item-not-yours = { $ref } 본인이 담당인 할 일이 아닙니다. 담당을 바꾸려면 변경을 누르세요.
item-owner-asked = { $ref } 담당 변경 요청을 전했습니다: { $names }. 바뀔 때까지는 그대로 담당이십니다.
item-owner-asks = { $ref } { $owner }님이 담당을 바꿔 달라고 요청했습니다. 사유:
item-cancel = 취소
item-cancelled-by = 맡으신 할 일이 취소되었습니다. (취소: { $by })
item-confirm-cancelled = { $ref } 취소된 할 일이라 세지 않았습니다.
item-note = 진행 기록
item-noted = { $ref } 진행 기록을 남겼습니다. 자세히와 이력에서 볼 수 있습니다.
item-words-long = { $limit }자까지 쓸 수 있습니다. 지금 { $length }자입니다.
words-title-item-cancel = 할 일 취소
words-title-item-note = 진행 기록
words-title-item-ask-owner = 담당 변경 요청
words-item-cancel = 취소 사유
words-item-note = 진행 상황
words-item-ask-owner = 다른 담당이 필요한 사유
words-hint-item-cancel = 카드와 담당자에게 보입니다.
words-hint-item-note = 이 할 일을 보는 모든 분에게 보입니다.
words-hint-item-ask-owner = 우리 측 단장·부단장·간사와 할 일을 등록한 분에게 전합니다.
history-snoozed = 본인에게 오는 알림을 { $until } 전까지 쉼
history-owner-asked = 담당 변경 요청: { $text }
history-cancelled = 취소: { $text }
history-noted = 진행 기록: { $text }
field-description = 설명
field-link = 링크
field-task = { $side } 몫
field-due-of = { $side } 몫 기한
item-link-strange = http:// 또는 https:// 로 시작하는 주소 하나를 적어 주세요.
item-part-nobody = 이 측의 담당을 먼저 골라 주세요.
list-search = 검색
list-everywhere = 내가 참여한 모든 TFT
search-heading = *{ $name }* 검색 “{ $text }” · { $total }건
search-nothing = 제목, 설명, 분과, 진행 기록에서 찾지 못했습니다. 낱말을 줄이거나 다르게 적어 보세요.
search-title = 할 일 검색
search-submit = 찾기
search-words = 찾을 말
search-hint = 제목, 설명, 분과, 진행 기록에서 찾습니다. 여러 낱말은 모두 들어 있는 것만 찾습니다.
item-undone = { $ref } { $what }
undone-changed = 방금 바꾼 내용을 되돌렸습니다.
undone-created = 방금 만든 할 일을 취소했습니다.
undone-cancelled = 방금 한 취소를 되돌렸습니다.
undone-noted = 방금 적은 진행 기록을 지웠습니다.
undone-snoozed = 알림을 다시 받습니다.
undone-seen = 👀 확인을 되돌렸습니다.
undone-reason = 잘못 등록
undo-not-this = 방금 하신 일은 되돌리기로 되돌릴 수 없습니다. `/tft 이력 A-12` 로 확인하고 `/tft 수정 A-12` 로 고쳐 주세요.
undo-overtaken = { $ref } 그사이 다시 바뀌어 되돌리지 않았습니다. `/tft 이력 { $ref }` 로 확인해 주세요.
history-undone = 방금 한 일을 되돌림

## 날짜

date = { $year }. { $month }. { $day }.({ $weekday })
no-due-date = 기한 미정
day-short-0 = 월
day-short-1 = 화
day-short-2 = 수
day-short-3 = 목
day-short-4 = 금
day-short-5 = 토
day-short-6 = 일
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

## OAuth 설치

install-go = 슬랙으로 계속하기
install-begin-title = TFT봇 설치
install-begin = TFT봇은 두 기관이 함께하는 할 일을 슬랙 채널 하나에서 관리합니다. 다음 화면에서 슬랙이 봇에 필요한 권한을 보여 주고 허용할지 묻습니다.
install-begin-next =
    10분 안에 이 브라우저에서 계속해 주십시오.
    슬랙 화면의 오른쪽 위에서 소속 기관의 워크스페이스를 고른 다음 ‘허용’을 누르십시오.
install-done-title = 설치했습니다
install-done = 워크스페이스 “{ $team }”에 TFT봇을 설치했습니다.
install-done-next =
    슬랙에서 TFT 채널로 가서 /invite @TFT봇 을 입력하십시오.
    아직 TFT가 없는 채널이면 /tft 설정, 상대 기관이 이미 만들었으면 /tft 참여 를 입력하십시오.
    이 창은 닫아도 됩니다.
install-denied-title = 설치하지 않았습니다
install-denied = 슬랙 화면에서 허용하지 않아 설치하지 않았습니다.
install-denied-next =
    관리자 승인이 필요한 워크스페이스라면 승인을 요청하고, 승인된 뒤에 설치 화면을 다시 여십시오.
install-expired-title = 처음부터 다시 해 주십시오
install-expired = 시작한 지 10분이 지났거나, 이미 사용했거나, 다른 브라우저에서 시작한 요청입니다. 설치하지 않았습니다.
install-expired-next =
    설치 화면을 다시 열고 같은 브라우저에서 계속하십시오. 쿠키를 허용해야 합니다.
install-other-team-title = 설치할 수 없는 워크스페이스입니다
install-other-team = 워크스페이스 “{ $team }”에는 이 봇을 설치할 수 없어 설치를 되돌렸습니다.
install-other-team-next =
    설치 화면을 다시 열고, 슬랙 화면의 오른쪽 위에서 소속 기관의 워크스페이스를 고르십시오.
    맞게 골랐다면 봇 운영자에게 TFT_TEAMS에 추가해 달라고 요청하십시오.
install-whole-organisation-title = 워크스페이스를 하나 골라 주십시오
install-whole-organisation = Enterprise 조직 전체에는 설치할 수 없고 워크스페이스 하나에 설치합니다.
install-whole-organisation-next =
    설치 화면을 다시 열고, 슬랙 화면의 오른쪽 위에서 워크스페이스를 하나 고르십시오.
install-failed-title = 설치하지 못했습니다
install-failed = 슬랙에서 설치를 끝내지 못했습니다({ $error }).
install-failed-next =
    잠시 뒤 설치 화면을 다시 여십시오.
    같은 일이 되풀이되면 괄호 안의 내용을 봇 운영자에게 알려 주십시오.

## 점검

doctor-secret-key = 저장된 토큰을 암호화할 키가 있습니다.
doctor-no-secret-key = TFT_SECRET_KEY가 없어 토큰을 암호화하지 않고 저장합니다.
mend-no-secret-key = 설정에 다음 줄을 넣고 다시 시작하세요: TFT_SECRET_KEY={ $key }
doctor-database = 데이터베이스가 준비되어 있습니다: { $place }
doctor-database-missing = 데이터베이스 파일이 아직 없습니다: { $place }
mend-database-missing = tft db upgrade 를 실행하세요.
doctor-database-away = 데이터베이스에 연결할 수 없습니다: { $place } ({ $error })
mend-database-away = DATABASE_URL의 주소, 이름, 암호와 데이터베이스 서버를 확인하세요.
doctor-database-behind = 데이터베이스의 표가 이 버전보다 오래되었습니다({ $at }, 필요한 것: { $newest }).
mend-database-behind = 봇을 멈추고 tft db upgrade 를 실행하세요.
doctor-database-newer = 이 데이터베이스는 더 새로운 버전의 봇이 쓰던 것입니다({ $at }).
mend-database-newer = 봇을 그 버전 이상으로 올리거나, 그 전에 받아 둔 백업을 쓰세요.
doctor-running = 봇이 이 데이터베이스 파일로 실행 중입니다.
doctor-not-running = 이 데이터베이스 파일을 쓰는 봇이 지금은 없습니다.
doctor-token-sealed-otherwise = “{ $team }” 워크스페이스의 토큰이 다른 키로 암호화되어 있습니다.
mend-token-sealed-otherwise = 그때 쓰던 키를 TFT_SECRET_KEY에 쉼표로 덧붙이거나, SLACK_BOT_TOKEN을 넣고 다시 시작하세요.
doctor-token-plain = “{ $team }” 워크스페이스의 토큰이 암호화되지 않은 채 저장되어 있습니다.
mend-token-plain = 봇을 다시 시작하면 암호화됩니다.
doctor-app-gone = 앱 “{ $app }”: “{ $team }”에 설치되어 있으나 설정에는 없습니다.
mend-app-gone = TFT_APPS가 가리키는 파일에 앱을 다시 적거나, 해당 워크스페이스의 슬랙 화면에서 앱을 제거하십시오.
doctor-token-not-refreshed = 워크스페이스 “{ $team }”의 토큰을 갱신하지 못했습니다({ $error }).
mend-token-not-refreshed = 클라이언트 ID와 시크릿을 확인하십시오. invalid_refresh_token이면 두 시간 안에 /slack/install에서 앱을 다시 설치하십시오. 그때까지는 지금 토큰이 작동합니다.
doctor-silent-channels = 봇이 글을 올릴 수 없는 채널 { $count }개: { $which }. 올릴 글은 보관 중입니다.
mend-silent-channels = 채널 보관을 해제하거나, 앱을 채널에 다시 초대(/invite)하거나, 앱을 다시 설치하십시오. 보관 중인 글은 저절로 올라갑니다.
doctor-waiting = 보낼 메시지 { $count }건이 기다리고 있습니다.
doctor-parked-posts = Slack이 받지 않아 보내지 못한 메시지가 { $count }건 있습니다: { $which }
mend-parked-posts = 봇을 채널에 다시 초대하거나 보관된 채널을 되살린 뒤, 봇을 멈추고 tft doctor --retry 를 실행하고 다시 시작하세요.
doctor-parked-events = 처리하지 못한 Slack 이벤트가 { $count }건 있습니다: { $which }
mend-parked-events = 로그에서 그 번호를 찾아 원인을 고친 뒤(새 버전일 수 있습니다), 봇을 멈추고 tft doctor --retry 를 실행하세요.
doctor-unreachable-people = Slack이 DM을 막아 알릴 수 없는 사람이 { $count }명 있습니다: { $which }
mend-unreachable-people = 계정이 꺼졌는지, 게스트나 다른 기관 사람에게 앱의 DM이 허용되는지 Slack 관리자에게 확인하세요. 그동안은 카드의 스레드에서 알립니다.
doctor-bot-token = 봇 토큰이 맞습니다: { $team } 워크스페이스, { $user }
doctor-bot-token-refused = Slack이 봇 토큰을 받지 않습니다({ $error }).
mend-bot-token-refused = 앱을 다시 설치하고 OAuth & Permissions의 토큰을 SLACK_BOT_TOKEN에 넣으세요.
doctor-app-token = 앱 토큰이 맞고 Socket Mode가 켜져 있습니다.
doctor-app-token-refused = Slack이 앱 토큰으로 Socket Mode 연결을 열어 주지 않습니다({ $error }).
mend-app-token-refused = Socket Mode를 켜고, connections:write 권한이 있는 토큰을 Basic Information에서 만들어 SLACK_APP_TOKEN에 넣으세요.
doctor-slack-away = { $host } 에 연결할 수 없습니다({ $method }, { $error }).
mend-slack-away = 네트워크, 방화벽, SLACK_API_URL을 확인하세요.
doctor-scopes = 필요한 권한이 모두 있습니다.
doctor-scopes-missing = 이 워크스페이스에서 앱에 없는 권한: { $scopes }
mend-scopes-missing = Slack의 App Manifest에 manifest.json을 다시 붙여 넣고 앱을 다시 설치하세요.
doctor-scopes-unknown = 어떤 권한이 있는지 Slack이 알려 주지 않았습니다.
mend-scopes-unknown = OAuth & Permissions의 Scopes를 manifest.json과 비교하세요.
doctor-clock-right = 이 컴퓨터의 시계가 Slack과 맞습니다.
doctor-clock = 이 컴퓨터의 시계가 Slack과 { $seconds }초 다릅니다.
mend-clock = 시각 동기화(NTP)를 켜세요. 5분 넘게 다르면 Slack의 요청을 모두 거절하게 됩니다.
doctor-manifest = manifest.json이 코드와 같습니다.
doctor-manifest-differs = manifest.json이 코드와 다릅니다.
mend-manifest-differs = tft manifest --json > manifest.json 을 실행하고, Slack의 App Manifest에도 붙여 넣으세요.
doctor-setting = { $variable }: { $why }
doctor-healthy = 문제가 없습니다.
doctor-ill = 고쳐야 할 문제가 { $count }건 있습니다.
doctor-slack-busy = Slack이 잠시 뒤에 다시 물어보라고 합니다({ $method }).
mend-slack-busy = 1분 뒤에 tft doctor 를 다시 실행하세요.

## 앱 권한의 이유

scope-app-mentions-read = 채널에서 봇을 멘션한 글을 듣습니다.
scope-channels-history = 보냈는지 불확실할 때 자기 메시지를 찾고, 📝를 눌러 할 일로 만들 때 그 글 하나를 읽습니다.
scope-channels-read = TFT가 있는 채널의 이름을 압니다.
scope-chat-write = 카드, 답, DM을 보냅니다.
scope-commands = 슬래시 명령 /tft 를 씁니다.
scope-groups-history = 비공개 채널에서 channels:history와 같습니다.
scope-groups-read = 비공개 채널에서 channels:read와 같습니다.
scope-im-history = 봇에게 보낸 DM을 듣습니다.
scope-im-write = DM을 엽니다.
scope-pins-write = 메뉴 메시지를 고정합니다.
scope-reactions-read = 자기 메시지의 ✅와 👀를 듣고, 꺼져 있던 동안의 것을 찾아봅니다.
scope-reactions-write = 첫 ✅를 달아 둡니다.
scope-users-read = 이름, 언어, 시간대를 압니다.

## 명령줄

database-in-use = 다른 프로세스가 이미 { $file } 파일로 실행 중입니다. SQLite 파일은 한 프로세스만 쓸 수 있습니다. 먼저 것을 멈추거나, 여러 프로세스를 쓰려면 DATABASE_URL에 PostgreSQL을 지정하세요.
database-behind = 데이터베이스의 표가 이 버전과 맞지 않습니다. 먼저 tft db upgrade 를 실행하세요.
database-newer = 더 새로운 버전의 봇이 쓰던 데이터베이스입니다. 봇을 그 버전 이상으로 올리세요.
database-away = 데이터베이스에 연결할 수 없습니다({ $error }). DATABASE_URL을 확인하세요.
token-refused = Slack이 봇 토큰을 받지 않습니다({ $error }). SLACK_BOT_TOKEN을 확인하세요. tft doctor 가 더 알려 드립니다.
slack-away = Slack에 연결할 수 없고, 이 토큰의 워크스페이스도 아직 모릅니다({ $error }). 연결을 확인하고 다시 시작하세요.
web-on-sqlite = SQLite에서는 한 프로세스가 모든 일을 해야 합니다. tft web --with-worker 로 시작하거나, DATABASE_URL에 PostgreSQL을 지정하세요.
upgraded = 데이터베이스가 준비되었습니다({ $at }).
demo-ready = 시연 준비가 되었습니다. 브라우저에서 여세요: { $url } (끝내기: Ctrl-C, 다시 시작하면 이어집니다. 처음부터: --reset. 기록: { $folder })
demo-workspace-gone = 로컬 Slack 워크스페이스가 멈추었습니다: { $said }
retried = 다시 보낼 메시지 { $posts }건, 다시 처리한 이벤트 { $events }건, 또 실패한 이벤트 { $failed }건. 봇을 시작하면 보냅니다.
app-token-refused = Slack이 앱 토큰을 받지 않습니다({ $error }). SLACK_APP_TOKEN을 확인하세요. tft doctor 가 더 알려 드립니다.
demo-in-use = 시연이 이미 실행 중입니다({ $file }). 그 창에서 Ctrl-C로 끝내거나, --folder 로 다른 폴더를 쓰세요.

## 명단

help-settings = 봇이 나에게 쓰는 언어를 정합니다.
save = 저장
page-before = 이전
page-after = 다음
language-ko = 한국어
language-en = English
language-slack = Slack 설정대로
roster-title = { $name } 명단
roster-side = *{ $side } 측* ({ $count }명)
roster-person = *{ $role }* { $who }
roster-pending = ⏳ { $line } (승인 대기)
roster-without-slack = { $line } (Slack 없음)
roster-page = { $pages }쪽 가운데 { $page }쪽
roster-asks = { $who }님이 우리 측에 참여하려고 합니다.
roster-more-ask = 그 밖에 { $count }명이 승인을 기다립니다. 위의 분들부터 정해 주세요.
roster-me = 내 정보
roster-show = 명단 보기
roster-add = 구성원 추가
roster-change = 우리 측 구성원 고치기
roster-nobody = 그런 구성원을 찾을 수 없습니다. `/tft 명단` 으로 다시 확인해 주세요.
roster-no-right = { $side } 측의 구성원과 역할은 { $side } 측의 단장·부단장·간사만 바꿀 수 있습니다: { $names }
roster-other-side = { $who }님은 { $side } 측입니다. 각 측의 구성원과 역할은 그 측에서만 바꿉니다. { $side } 측에서 바꿀 수 있는 분: { $names }
roster-last-keeper = { $who }님은 { $side } 측에 하나 남은 단장·부단장·간사입니다. 먼저 다른 분을 정해 주세요. 예: `/tft 구성원 @이름 간사`
roster-owns-items = { $who }님이 맡은 끝나지 않은 할 일이 있습니다: { $refs }. 먼저 이 할 일들의 담당을 바꾸거나 마쳐 주세요.

## 참여

welcome = *{ $name }* 채널에 오신 것을 환영합니다. 두 기관이 함께 할 일을 적고, 각 측의 담당이 ✅ 를 눌러 마치는 곳입니다.
welcome-choose = *어느 측이신가요?* 고르시면 그 측의 단장이나 간사가 승인합니다.
welcome-side = { $side } 측
welcome-three =
    { "*" }세 가지만 알아두세요.*
    1. 할 일은 `/tft 추가` 나 아래 버튼으로 만듭니다.
    2. 내가 맡은 일을 마치면 그 카드에 ✅ 를 누릅니다. 확인만 하셨다면 👀 입니다.
    3. 막히면 `/tft 도움말` 을 입력하거나 봇에게 DM을 보내세요.
welcome-stored = *저장하는 것:* 성명·소속·직위, 봇에게 하신 말과 누르신 버튼, 봇 글에 다신 반응. 채널의 다른 글은 저장하지 않습니다.
welcome-back = { $who }님은 *{ $name }* { $side } 측 { $role } 역할로 명단에 있습니다.
welcome-pending = { $who }님의 *{ $name }* { $side } 측 참여는 승인을 기다리고 있습니다. 고치시려면 `/tft 참여` 를 입력하세요.
join-title = 참여하기
join-submit = 참여 요청
join-intro = 회의록과 알림에는 여기 적으신 성명과 직위를 씁니다.
join-side = 우리 측
join-side-hint = 그 측의 단장·부단장·간사가 승인합니다.
join-which-side = 어느 측인지 골라 주세요.
join-already = { $who }님은 이미 { $side } 측 { $role } 역할로 명단에 있습니다.
join-asked = { $side } 측에 참여를 요청했습니다. 승인하실 분: { $names }. 승인되면 알려 드립니다.
join-asked-nobody = { $side } 측에 참여를 요청했습니다. 다만 지금 그 측에는 Slack으로 승인할 수 있는 분이 없습니다. 봇 관리자에게 알려 주세요.
join-request = *{ $name }* { $side } 측에 참여 요청: { $who }
join-approve = 승인
join-reject = 거절
join-approved = { $who }님의 { $side } 측 참여를 승인했습니다.
join-rejected = { $who }님의 { $side } 측 참여를 승인하지 않았습니다.
join-approved-by = 승인: { $by }
join-rejected-by = 거절: { $by }
join-let-in = *{ $name }* { $side } 측 참여가 승인되었습니다. 승인: { $by }
join-not-let-in = *{ $name }* { $side } 측 참여가 승인되지 않았습니다. 처리: { $by }. 잘못 고르셨다면 TFT 채널에서 `/tft 참여` 로 다시 요청하실 수 있습니다.
join-already-decided =
    { $state ->
        [active] { $who }님은 이미 { $side } 측 명단에 있습니다.
       *[left] { $who }님의 요청은 이미 거절되었거나 명단에서 빠졌습니다.
    }

## 구성원

member-name = 성명
member-name-hint = 회의록과 메시지에 쓰는 이름입니다.
member-department = 소속
member-job-title = 직위
member-language = 봇이 쓰는 언어
member-role = 역할
member-me-title = 내 정보
member-add-title = 구성원 추가
member-add-intro = *{ $side }* 측에 더할 분입니다. Slack이 없는 분도 담당이 되고 회의에 참석할 수 있습니다.
member-change-title = 구성원 고치기
member-change-intro = *{ $side }* 측 구성원입니다.
member-remove = 명단에서 제외
member-remove-sure = { $who }님을 명단에서 뺄까요? 지금까지의 기록은 그대로 남습니다.
member-added = { $who }님을 { $role } 역할로 명단에 올렸습니다.
member-role-given = { $who }님의 역할을 바꿨습니다: { $old } → { $role }
member-role-same = { $who }님은 이미 { $role } 역할입니다.
member-saved = { $who }님의 정보를 저장했습니다. 역할: { $role }
member-removed = { $who }님을 명단에서 뺐습니다.
member-linked = { $who }님의 두 번째 Slack 계정을 이었습니다.
member-told = *{ $name }* { $side } 측에서 { $role } 역할이 되셨습니다. 바꾸신 분: { $by }
member-told-removed = *{ $name }* 명단에서 빠지셨습니다. 바꾸신 분: { $by }
member-unclear = 누구를 어떻게 할지 알아듣지 못했습니다. 예: `/tft 구성원 @이름 간사`, `/tft 구성원 추가 홍길동 안전총괄과 주무관`, `/tft 구성원 제외 @이름`. 역할: { $roles }
member-no-such = 명단에 “{ $who }” 이름이 없습니다. `/tft 명단` 으로 확인하거나 @멘션으로 써 주세요. 새로 더하려면 `/tft 구성원 추가` 를 입력하세요.
member-which = 같은 이름이 여럿 있습니다: { $names }. @멘션으로 쓰거나 `/tft 명단` 의 “우리 측 구성원 고치기”에서 골라 주세요.
member-not-in-roster = 그분은 명단에 없습니다. `/tft 명단` 으로 확인해 주세요.
member-there-already = 그 Slack 계정은 이미 명단에 있습니다: { $who }
settings-language = 지금 쓰는 언어: { $now }. 어느 언어로 할까요?
settings-hint = 나에게 보내는 말에만 적용됩니다. 채널의 글은 TFT의 언어로 씁니다.
settings-language-set = 이제부터 한국어로 말씀드리겠습니다.

# Delivery
item-mention = { $who } 개인 메시지를 보낼 수 없어 여기에 알립니다: { $ref } 관련 소식이 있습니다. 위 카드나 `/tft show { $ref }` 명령으로 확인해 주세요.
posted-by-another = 이 채널에서 말하는 앱이 바뀌어 다시 올렸습니다. 이전 메시지는 더 이상 바뀌지 않습니다.
channel-silent = 지금 { $channel } 채널(“{ $name }”)에 봇이 글을 올릴 수 없습니다. 앱이 채널에서 빠졌기 때문입니다. 올릴 글은 보관하고 있습니다. 채널에 앱을 다시 초대(`/invite`)하거나 관리자에게 재설치를 요청해 주십시오.
posted-again = 이전 메시지가 없어져서 다시 올렸습니다.

## 말로 쓴 기한

dates-until = { $due }까지
dates-left =
    { $count ->
        [0] 남은 영업일 없음
       *[other] { $count }영업일 남음
    }
dates-overdue = { $count }영업일 지남
dates-today = 오늘
dates-weekend = 주말
dates-day-off = 쉬는 날({ $name })
dates-kind-date = 날짜
dates-kind-question = 질문
dates-kind-none = 날짜 없음
dates-why-past-next = 이미 지난 날이라 다음 같은 요일로 보았습니다.
dates-why-next-year = 올해는 이미 지나 내년으로 보았습니다.
dates-why-about = “쯤”, “경”처럼 어림한 날짜입니다. 정확히 어느 날인가요?
dates-why-after-holiday = 연휴 뒤 언제까지인가요?
dates-why-am-or-pm = 오전인가요, 오후인가요?
dates-why-before = “전”이면 그 전날까지인가요, 그날까지인가요?
dates-why-counted-from = 언제부터 세는 기간인가요?
dates-why-day-off = 오늘은 쉬는 날입니다. 오늘인가요, 다음 영업일인가요?
dates-why-far = 10년 넘게 남은 날짜입니다. 연도가 맞나요?
dates-why-leap-day = 2월 29일이나 그 달에 없는 날입니다. 어느 날인가요?
dates-why-leftover = 날짜가 아닌 말이 섞여 있습니다. 이 날짜가 맞나요?
dates-why-length = 기간만 적혀 있습니다. 지금부터 세면 이 날인데, 맞나요?
dates-why-length-and-weekday = 그 주의 요일인가요, 그날 다음에 오는 요일인가요?
dates-why-midnight = 자정은 하루의 시작인가요, 끝인가요?
dates-why-mixed = 날짜와 함께 “미정”, “최대한 빨리” 같은 말이 있습니다. 이 날짜가 맞나요?
dates-why-next-weekday = 다음 주의 요일인가요, 다가오는 요일인가요?
dates-why-no-working-day = 그 주에 남은 영업일이 없습니다. 어느 날인가요?
dates-why-one-syllable = 요일을 한 글자로 쓰신 것이 맞나요?
dates-why-order = 연·월·일의 순서가 분명하지 않습니다. 어느 날인가요?
dates-why-past-time = 이미 지난 시각입니다. 어느 때인가요?
dates-why-range = 기간입니다. 끝나는 날이 기한인가요?
dates-why-same-weekday = 오늘이 그 요일입니다. 오늘인가요, 다음 주인가요?
dates-why-several = 날짜가 여럿입니다. 어느 날인가요?
dates-why-several-days = 여러 날 쉬는 명절입니다. 어느 날까지인가요?
dates-why-start = 시작하는 날입니다. 기한은 언제인가요?
dates-why-unknown-holiday = 달력에서 찾지 못한 공휴일입니다. 날짜를 골라 주세요.
dates-why-unmarked = 문장 속 날짜가 기한인지 분명하지 않습니다. 기한인가요?
dates-why-unsure = 확실하지 않습니다. 이 날짜가 맞나요?
dates-why-unusual-form = 흔하지 않은 날짜 표기입니다. 이 날짜가 맞나요?
dates-why-vague = “초”, “중순”, “주말”처럼 폭이 있는 말입니다. 정확히 어느 날인가요?
dates-why-vague-time = “저녁”, “점심”처럼 폭이 있는 때입니다. 몇 시까지인가요?
dates-why-week-of-month = 몇째 주인지 세는 방법이 여러 가지입니다. 어느 날인가요?
dates-why-week-start = 오늘은 일요일입니다. 내일 시작하는 주인가요, 그다음 주인가요?
dates-why-weekday-mismatch = 날짜와 요일이 맞지 않습니다. 어느 쪽이 맞나요?
dates-why-which-holiday = 어느 연휴인가요?
dates-why-which-month = 이번 달인가요, 다음 달인가요?
dates-why-wide = 한 해 전체를 가리킵니다. 그해 말까지인가요?
dates-why-asap = “최대한 빨리”는 날짜가 아닙니다.
dates-why-context = 앞뒤 일정에 따라 정해지는 날이라 날짜를 알 수 없습니다.
dates-why-empty = 적힌 것이 없습니다.
dates-why-lead = 기한보다 며칠 앞인지를 뜻하므로 기한이 아니라 알림 시점입니다.
dates-why-no-date = 날짜를 찾지 못했습니다.
dates-why-no-such-date = 달력에 없는 날짜입니다.
dates-why-no-such-time = 그날에 없는 시각입니다.
dates-why-past = 이미 지난 날짜입니다.
dates-why-recurrence = 되풀이되는 일정이라 한 번의 기한이 아닙니다.
dates-why-unclear = 날짜에 관한 말이 있지만 알아듣지 못했습니다.
dates-why-undecided = 아직 정해지지 않은 날짜입니다.

question-pick-date = 다른 날짜
question-no-date = 기한 없이 두기
question-nobody = 아무도 아님
question-owner = { $ref } 담당이 누구인지 한 가지로 정할 수 없어 아직 넣지 않았습니다: “{ $written }”. 맞는 분을 눌러 주세요.
question-owner-unknown = { $ref } 명단에 없는 이름이라 담당을 아직 넣지 않았습니다: “{ $written }”. 변경을 누르면 명단에서 고를 수 있습니다.
question-open-due = 기한을 확인해 주세요: “{ $written }” ({ $readings })
question-open-owner = 담당을 확인해 주세요: “{ $written }” ({ $names })
question-answered = { $ref } 이미 답하신 질문이거나 더 묻지 않는 질문이라 바뀐 것이 없습니다.
question-settled = { $ref } 그대로 두었습니다. 언제든지 변경을 누르면 바꿀 수 있습니다.
item-owner-is-you-meanwhile = 담당을 확인할 때까지 본인을 담당으로 넣었습니다.
item-source = 이 할 일이 나온 글
home-questions = 답을 기다리는 질문

item-source-offer = 이 글을 할 일로 만들까요? 버튼을 누르기 전에는 아무것도 저장하지 않습니다.
item-make = 할 일로 만들기
item-source-elsewhere = 이 TFT의 채널에 있는 글만 할 일로 만들 수 있습니다.
manifest-make-item = 할 일로 만들기
manifest-make-item-what = 이 글로 TFT 할 일을 만듭니다.
manifest-add-item = 할 일 추가
manifest-add-item-what = 새 TFT 할 일을 만드는 양식을 엽니다.

pasted-heading = 여러 줄을 이렇게 읽었습니다({ $total }건). 아직 만들지 않았습니다.
pasted-make-all = 모두 등록
pasted-drop = 등록 취소
pasted-make-rest = 남은 { $left }건 이어서 등록
pasted-made = 할 일 { $count }건을 만들었습니다.
pasted-dropped = { $count }건을 만들지 않았습니다.
pasted-owner-you = 담당: 본인
pasted-asks = 만든 뒤에 여쭐 것이 있음
pasted-gone = 이미 등록했거나 취소한 목록이라 바뀐 것이 없습니다.
