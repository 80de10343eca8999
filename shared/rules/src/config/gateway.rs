//! The gateways by name, and what each wants in its channel's entry.

/// A payment gateway's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gateway {
    /// VNPAY PAY 2.1.0.
    Vnpay,
    /// MoMo AIO v2.
    Momo,
    /// ZaloPay v2.
    Zalopay,
    /// payOS v2.
    Payos,
    /// OnePay v2.
    Onepay,
    /// The payment platform of the National Public Service Portal.
    Dvcqg,
    /// Any gateway or adapter that signs by Standard Webhooks.
    StandardWebhooks,
    /// Stripe.
    Stripe,
    /// Any gateway or adapter that signs as GitHub does.
    Github,
}

/// What of a gateway is reached by an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Addresses<T> {
    /// The page the payer is sent to.
    pub(super) page: T,
    /// Where our own requests go.
    pub(super) api: T,
}

/// The ten signed fields of the national payment platform's confirmation, in the order of the partner system that
/// enforces the check. No official text was found, so the order is a setting.
pub const DVCQG_FIELDS: [&str; 10] = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
];

impl Gateway {
    /// Every gateway.
    pub const ALL: [Self; 9] = [
        Self::Vnpay,
        Self::Momo,
        Self::Zalopay,
        Self::Payos,
        Self::Onepay,
        Self::Dvcqg,
        Self::StandardWebhooks,
        Self::Stripe,
        Self::Github,
    ];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vnpay => "vnpay",
            Self::Momo => "momo",
            Self::Zalopay => "zalopay",
            Self::Payos => "payos",
            Self::Onepay => "onepay",
            Self::Dvcqg => "dvcqg",
            Self::StandardWebhooks => "standard-webhooks",
            Self::Stripe => "stripe",
            Self::Github => "github",
        }
    }

    /// The gateway of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether one order may be paid by several transfers, each told of by itself: payOS's, which are bank transfers.
    pub fn brings_parts(self) -> bool {
        match self {
            Self::Payos => true,
            Self::Vnpay | Self::Momo | Self::Zalopay | Self::Onepay | Self::Dvcqg => false,
            Self::StandardWebhooks | Self::Stripe | Self::Github => false,
        }
    }

    /// The addresses of its sandbox, for a start on loopback that names none. payOS has no sandbox, and what is not
    /// called from here has no addresses at all.
    pub(super) fn sandbox(self) -> Addresses<Option<&'static str>> {
        let (page, api) = match self {
            Self::Vnpay => (
                Some("https://sandbox.vnpayment.vn/paymentv2/vpcpay.html"),
                Some("https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"),
            ),
            Self::Momo => (None, Some("https://test-payment.momo.vn/v2/gateway/api")),
            Self::Zalopay => (None, Some("https://sb-openapi.zalopay.vn/v2")),
            Self::Payos | Self::Onepay | Self::Dvcqg => (None, None),
            Self::StandardWebhooks | Self::Stripe | Self::Github => (None, None),
        };
        Addresses { page, api }
    }

    /// Whether the payer is sent to an address that we write, and whether orders are opened or asked about by calls.
    pub(super) fn takes_addresses(self) -> Addresses<bool> {
        match self {
            Self::Vnpay => Addresses { page: true, api: true },
            Self::Momo | Self::Zalopay | Self::Payos => Addresses { page: false, api: true },
            Self::Onepay | Self::Dvcqg | Self::StandardWebhooks | Self::Stripe | Self::Github => {
                Addresses { page: false, api: false }
            }
        }
    }

    /// Whether it only tells of transfers to a bank account, to which the payer is led by a VietQR code.
    pub(super) fn takes_bank_account(self) -> bool {
        matches!(self, Self::StandardWebhooks | Self::Github)
    }

    /// Whether its messages name the merchant, so that the channel must too.
    pub(super) fn names_merchant(self) -> bool {
        match self {
            Self::Vnpay | Self::Momo | Self::Zalopay | Self::Onepay | Self::Dvcqg => true,
            Self::Payos | Self::StandardWebhooks | Self::Stripe | Self::Github => false,
        }
    }
}
