//! The list of gateways.

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
}
