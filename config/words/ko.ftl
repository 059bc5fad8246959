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
help-undo = 내가 방금 한 완료 기록을 되돌립니다. 예: `/tft 되돌리기 A-12`
help-reopen = 끝난 할 일을 다시 엽니다. 예: `/tft 다시열기 A-12`
help-history = 누가 언제 무엇을 바꾸었는지 봅니다. 예: `/tft 이력 A-12`

## 대답

not-understood = “{ $text }” 무슨 뜻인지 알아듣지 못했습니다. 아래에서 골라 주세요.
not-understood-nearest = “{ $text }” 무슨 뜻인지 알아듣지 못했습니다. 혹시 `/tft { $meant }` 인가요?
typed = 입력하신 내용: { $text }
typed-label = 입력하신 내용을 그대로 돌려드립니다.
sorry = 죄송합니다. 봇에 문제가 생겨 아무것도 바꾸지 못했습니다. 잠시 뒤 다시 해 보시고, 계속되면 관리자에게 문의 번호 `{ $reference }` 를 알려 주세요.
sorry-title = 문제가 생겼습니다
close = 닫기
which-task-force = 여러 TFT에 참여하고 계십니다. 어느 TFT인가요?
open-form = 입력 양식 열기
open-form-hint = 아래 버튼을 누르면 입력 양식이 열립니다.
no-task-force-here = 이 채널에는 아직 TFT가 없습니다. TFT 채널에서 다시 쓰시거나, 이 채널에 새로 만들려면 `/tft 설정` 을 입력하세요.
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
setting-bot-token-missing = 값이 없습니다. Slack의 OAuth & Permissions에 있는 Bot User OAuth Token(xoxb-…)을 넣어 주세요.
setting-app-token-missing = 값이 없습니다. Slack의 Basic Information, App-Level Tokens에서 connections:write 권한으로 만들어 넣어 주세요.
setting-signing-secret-missing = 값이 없습니다. HTTP로 받으려면 Slack의 Basic Information에 있는 Signing Secret이 필요합니다.
settings-bad = 설정에 문제가 있습니다. 아래를 고친 뒤 다시 시작해 주세요.
