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

    /// Whether its messages name the merchant, so that the channel must too.
    pub(super) fn names_merchant(self) -> bool {
        match self {
            Self::Vnpay | Self::Momo | Self::Zalopay | Self::Onepay | Self::Dvcqg => true,
            Self::Payos | Self::StandardWebhooks | Self::Stripe | Self::Github => false,
        }
    }
}
