#include "sim/rsa_keys.hpp"

#include <array>
#include <cstddef>

namespace shirube::sim {
namespace {

// Two a role.
constexpr std::array<std::string_view, 4> kRsa1024{
    "Modulus: soL8lrWD3VW9NLnV1F+zhSu7vBUAcIw0vYsO73QVbIKhONDDCVoJn8zVZM+8rNXJ5+fXHicP9IQo3owFRGQ+s755qxU"
    "AcdR8rHHEguAqhHT+0Z6guI5ks+LrYwVVe5fh7KbHMk2VTmQ9TPqbsrcUzh36mgTLxam2ptaGKnzcmJ8=\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: nA5w3RvwHHXRA6AWdCP538jcxU8i5EFd9fn0Y5d7BzKn2PCAINPKqB28y/XjvsDjUs5WPDDv/NXwmKWWETU"
    "FrkvF6YU0v6CbMsUnXMlslXrHboqfEBD4ej3UDEmqe3CDgKoFqPnmUocxF6hYeouDW+Y1AV0vrUHo55Vjgn/TNxk=\n"
    "Prime1: 6rZ5NWlggYh7fK1zpI38fLDtu+EyueMKXHPvQIKOOg8tx7sZrF+1Z31DyD0F0rjBzmpb7/HooFMK9707WTpnOw==\n"
    "Prime2: wrOk2sbOq19g7nevlhQiKv8/VBQQStmzCpHFDoP31xHYdo9dYDi+7fGrhtQI4VAJGsILDZXgeqU1q8CjF6al7Q==\n"
    "Exponent1: YdQ0qSKG6vasIcdaEBhuSLqmHE09C2Wqh+Z6rnS8O07gUgOWK9aokb4QZoGoz6/ad+K090npIAn85E2nUwWYyQ==\n"
    "Exponent2: Gmbv6PbimZyScWPrfId4Zqo8NTOPTgcdX0aLGT/OAO0blGA2glDPm0aVQvBHz/3hbi53/zyetyLmF0dFFnTztQ==\n"
    "Coefficient: MbMafaheZVIjqMCZyXO8/J2jyU83QNaHcNTHdlXgaCASU9ptWofBsiBn497qIaG88k5mjRJnakjUVpQ3xUrBfw="
    "=\n",
    "Modulus: 0Y9Z+6/D9pfqLBWKiJxaNNmfg0PP0h8/TR2XrWbn70GsVdGDJidiJX6CH6HPuJpgd+ancw5L7AcUc99v/ne3qc+3ecq"
    "lsusm9963GvXmZJ5/reCkw8q5Xi5E2zFBJhyu4yjaMzkFPd5srVUJniwRGUuJTdAvqSwK87cqtRp2dGM=\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: rDwN0PadMUeah7EMs0sOOPHEULajUCeud0sjJrm1Vse7RK12BR3JZNedSzJK74ayUtmYNtBBRjRrcvDps1P"
    "h9opdiRyLTUYXGqZk0z+NpPrEnQsd7eYtO1ayM8R083ONTZNjehf6q7PvykVOB2ayM1VtIOOTEvXNGMjA3b5cNME=\n"
    "Prime1: 8Tw33ocTbKqkScXf9+q/k9fd1KtmK2Af9vI9/oTfkehtnRPbRofC6W9p3e+pOiu2NDK5VoU8yDYEINEa4kSENw==\n"
    "Prime2: 3mLUwJBWVXB/i/jAPMCmyeWjB8cO5ebnlYOcv5B5mlKQT1pzMT3Gx2J8XAdNx3TLk5dDS628/eU3RLWo+cETNQ==\n"
    "Exponent1: gJegFJAei6Oe9fB0BlztiKrehjpjuSWBhIr2/xDneIjUvZHTJpLCFNueLH9Pz0Fz2/laEMPvda5Nnwy4bvslGw==\n"
    "Exponent2: jJgc+1UFT+TcrkhoeMAvcisdA/jEIXL27F6VxcJ4LqmOFK0RcIsm1b0c9C2l7biYT8nswLapajb01xqmJqf7FQ==\n"
    "Coefficient: ZM6yAM4s0NDRg8PrOIUD9wzCJnBLAjFsrPgE5ha62ukCmQn+K2vo4gAhTLJ6eDw14WUL9NBukJgFgQR1lSA2sw="
    "=\n",
    "Modulus: uL6eo57F23SAkl/gdqVI3GeGtYtqro6JHQJOMMk09g78xdkxxOAiobVkoJ08s8pqQ2icK7FlMbnuL0XIxz14IyT5Dde"
    "hjgl+J8d1DhMl10B/3OQTDveW5VOhqmUO27GwWpYGbssvL39Lgwb+NwHzOihTZcwwB65ZkBTmSysXaj0=\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: A7OF+B85NZFa9hPHqnjbQdctIrv9Uiv24UbnjCCr1/Yq6EfWsGwRJY49yt37llqK0HjrEBEIxvtDo1zRjfR"
    "UUM8zL92aWOmqH1dvc13tYE8FAuDa0bE9Zh2Q+/3BBzR5/sRXURpfOtE8eodzyJ0gooQ2SIcQFHEEGliXwV8YpF0=\n"
    "Prime1: 6cfILQo4oAC4UAtZnlpoFI9pkZRcxZxnL0mIBOLsF8M9vFL/IcKmoVnTtYTj8Gj7Yx1JeirMVrsfl0kZyFSBqw==\n"
    "Prime2: yk25t2r5YeEQy66RrWMT2NF4OQMr2NueH9cl76sRCc1I2UttxdM/qT5a6IRs0oPhaHFu6+5SVJaR4/SMRbUrtw==\n"
    "Exponent1: P6UmOCzaMaVAiHoukc/nGgHZKcsMXrgv103bfAkTYXzD5+tojhZiKvc7jeV58M+D8P3eLSZNrycOeK9sF3/6NQ==\n"
    "Exponent2: XN/X/eufd58Cve9zs50DtItd3Ramn5Ubf9Se9uubE9vpsNBfIe28kS8uPwbkirS+29sPqEKuC2Vgrr1LVIk6+w==\n"
    "Coefficient: xOh8VEfKWNKsveZdWchi8H5UCN2db4CbTezvrCbRNCAxyVXvN/923YrGf8SDbLpr1wJEDUYtzDeYfllMYjl/Vw="
    "=\n",
    "Modulus: wJd58KkuQeaDT6XWZACkPCNib9Xngl7oQigR3nasIOAiXMssfwTU+AaaouUlx0nGmrSROZYBXnRu+fV6lQHjDhTR2t/"
    "jjGtYUQMexG6A+Hko9Ggai+JpX2jQCpAXoqmpb7MhAzzM2VosAZBnMfXh3ltJg5fnj8Kzd6i/D1RlpoE=\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: jNX4mRHOvuhHvBXk2opRj5y8nlXJD2BB7icJMiqMIxpkZoE5D8XDy4Bg0qBJaRu9PWKwFHFqnNz+TpHBy3d"
    "uxpbpv6ny4WIRpvz/JIM0r/OrPNj5sthR8oQ59yemqipJcdGwzn9pdqwleCUEI0BOqvkpU+Q0F6eyBXmHW7RzvAE=\n"
    "Prime1: 7OwnLP4ymlHxSRAdCyUHNTNY/wUqRYZZ9UlnL6DObMzuHUqDpIjSSsC21tjWHXHC86XIpP8gTfQPPqzBSReIIQ==\n"
    "Prime2: 0BmAokvglP6ymBl30Y/xXtJaxQmhbKhrKUjhiN6ebmb05TpZdDsgvWF+Yw/l/rTF2Rsd1MlLTKImjGn/etDSYQ==\n"
    "Exponent1: T1nw7RLeY+1aAPySna7zMRBXmGJkfBC5hHvnQX58ZNhmUA0q9iqVNFBDbMYHQKlfgDdgclK4wSMjD/zQZ+inwQ==\n"
    "Exponent2: kM8+UTHl7Siz1N3cICs/dpGA8p46A6fLMmZx81GfBAqHHkCVYSmIJeEDFyJIFQ9soiCZiKouyPwJQSq9ypQn4Q==\n"
    "Coefficient: z9DPloA+brwh0ySI9FEtRimBs5FCJxrIs4m53k6A5zNWLJBoL7ejb+/o/TT3E0XDniIYd/KbkVrPAjadd91Oxg="
    "=\n",
};

// One a role.
constexpr std::array<std::string_view, 2> kRsa2048{
    "Modulus: ozNxdCdtlQnzun9+HIjI7FT8TmIDtZK0FQ1ho2jT8uo0qZsGGZDR2J4W0aJNQRxr/5gjbs7AfGodretpMgzWCU7wQf3"
    "AN77DweXbe5CSLsnXlLyay/L/PmMZJzqDr/9zfeQ2jFooB8BjRjuPvkLAC7yngtMOgmQgvEDkQfK9QRdAZ3EEYd2L5TjBZjZOQCO"
    "hj5Us5yYyGvwwonMCKaMvy5L3tTeA/iwtEALTFDa9gcXWfp1+ldM0SdNutNd9pgE/tEOF8J3fpyOA3yImxkxbye/JdcK6H/sUtrO"
    "SN2f/l9e1pioXs56iFytTqQglMzkGXLxyZgkVCy2XtJqph8h7ZQ==\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: AmaCP6KeYg75zdEozN5PSyMJiP+bu5Svpp6CJ/kXeBftOyWgFLtoEr/4E2XWWIBS6FWQlaHRbb98te85GEU"
    "WLKAY/8sKSyB/rg1egpKYS9fFLNBEsX5CNkhP3OZ1tUlF+v04DGZS2oSOZpXjId1VJMxiSM7SrzMRtjFcmFfy8lZKN+xMgWO2WYL"
    "qfMB0DWNIurBgCAp7xph2l3bX2aGfF5+lEDmRBxpmEulTYRITjZf4mXEWAP64GfYM275eBtBNo1Sz0Ot4pY1YmcxS/ZntP9Q2aJQ"
    "5t5awUVKE6xKkHovzWs6SJji9Si1bJFS7jeTbgGq9mGGEDXiz61ayl2LeIQ==\n"
    "Prime1: 5PwdT0ppBvLgLkbA7VwVA+GKAzP4xN0Fbnn6bzeCDu7MCpMm/T3t/brkk2gx1fRCp9dOA7aBBQO1UYqgKtFcRLNVUEtH"
    "G5lu2LyJT6hNOPpcaqgWzTno9+kvFQ5Iwt7zAEOcO9N5/lj8YMoJRhgi+T2PfBthMvnZak8rcRP90PU=\n"
    "Prime2: tnR/3vVQrUjDuFFjQNt/tIqPwmJC8VhH6nEI4AOEdAaWJL8pg9LtLn9mnVgnQ4ABg/DxlX82Rgz+TrwXA4101euUTYAc"
    "jsFTPQ4flmF9Tyr1YN2GuaXTlGHxmyVuthWp+AFq42k5cKRLmup6aMmuYvKkZN8czFaPuYkI5231urE=\n"
    "Exponent1: LQJpeHZ14onHCxGZRo69CsBAcpS6p2eSc77CPS46AFlr/gAiv9B2gVNFLrxiX13d5EPr78rl3Wh3MYoAJap1aoOdl"
    "2TUm1YzdaLJksDQPQzpMYXMxZZGdsR9HrRqFPPh7AFeKlxNNHOlWBkebYq9BSTWmVyAZJa756ucLGPzlik=\n"
    "Exponent2: FSzUIlYqNNI7FMstT7upyJRENvUce9IZFpZjx0vhNW4GQuGEue3i5QCYMi6m7+iNRHjUMNuAuwSLByxBJ4JlSuZ6Y"
    "bw6lD7PoEhhVhyeZG/B5qoPFsCuG4x6c90WSj+daFERzK7Loc0PkT0hU8QEXyt19NcICpcJOykyRVm3qSE=\n"
    "Coefficient: TWP9xU5m63e73J9M1pzPd54Fa/kOzLBCZX9vu630o3dvry5MZcXGpQHSSpjxVmZMUON5A5ggqznTy88IxVszXQp"
    "udxVG+/GDo1KvzJQn0H47jwLHYN5Gh2donr37iXqWA10jhWPXyRlnVdqBz7yv23lYl8yd6/V2H7O5ru7l7rc=\n",
    "Modulus: vCN6o+kCTCZeq1PzdsJpD2tn721nNkskFP0wXGRJLKLrSKzV4YiDMSkF5dEE6JZE62X/pbSwMI2bjx4p9tgYjiy99Dw"
    "jkYCzkC0jGKLC/2XN9zXMIJGKa+u/73+ik4LzgQwBb/TQhqg74jJ72T+ocpXOkW/i31ZLq/y8k+kdWSg9+QHnv5OjKP8SHF2eh4i"
    "2sysRYEEMgWFZ/4x5zABNflJMNoivMg1d9zK+mDjrNCu+EfRwcBNE8enYgPM0CNHXTghN2ifRKIfrXrUIB7QkK4KrL5d+a5kgUdZ"
    "xjApBK+VnFnp7vytQtsIhMbJhWaMsRtsVKA5ldzSmqvxS8xwEZw==\n"
    "PublicExponent: AQAB\n"
    "PrivateExponent: ScByxCyEjQuBkxIe39BIVRYasV4m1r7QDzZNrfpWQRxAtcWjNn1ISI43VKcCkJbPv6PFetUBOJdagtklRDH"
    "kNl/Nux+UJebY/UzkdDTh0jK7cgxxz9ad9758CEv1lHQCNvVY3uWOlSsABqUZrclppDmbt6GvwzNWCL7TwfvhWGBkbEPiRTTa4n4"
    "XCwfKjC2CDNB+33sdZA1KWwXhcs2YQgGbcAJaeSDVZo9WwQSBUEK6sW3LFFyo6JniIlBsxqmONm5VQ4Dk0U1DTKgswtgftgILxQW"
    "3w0wMp/6ZenYyryNduPCeiy2K2qGiovHQkcnhMafehw19fR5/e4L6TanVIQ==\n"
    "Prime1: 72A7dxBvRySPul3yrd+KVHM3tO+qTXtY43oyTUBT+74QXEVURK2+UXELIPyrRtER5RygsFnPSDYhS8PkKMWZnwd72fPM"
    "3V83J1TnhkvK8WYZK/ZvtDDgiT507p0pvWx+k9xlf8lgFvZvJ21/yTe5wgGwh7amEn5IjK/jYOYgXxE=\n"
    "Prime2: yTRRtbKrEdZoprOyj0hc8gP6dYA+Srmte3hdtOyJ0kSl955ms9dj8HrT3sW9oNUD/uHFlKPOF/bQzZYFndnC27b5Oqeq"
    "osW8xpwl1q6PPhbvSyhcOchekhKzZUmyiV/SJ6xztnB0+1nxcxv4mvJJXT27ZVONr5ZIdQl93l1Bm/c=\n"
    "Exponent1: zSqS7SLl7XkVw2uAc6x0GJvENE1yjwRYlGgIsxOep9comJ1Hc7HivFUCb9yARKsvBks6IsxnEAJtGU4lwRhT6ez1J"
    "0KB5X8Ve52W7xEJOUwD6R1Ico2t9ZPVjyqfOt7BwqOVTyhfNm8zp/x/GQytJu5hyoAu6QzZy9N5NHUpa7E=\n"
    "Exponent2: DglUWfSo8omeq2KF5nEJ6uhUJLZZoiTp8V8oSmLmCoE3gtrOF2XDVxd6iGQLIpk5uiJOAlybGBjj4DPDGIwEiAdvw"
    "6PGx6w7yy9BhISRAaff8cJTDMTptA8R7NMDXYoNwy7Is8WMo6xWp80fvs+ARrzzwdHeZI17aI7M9SJUXWk=\n"
    "Coefficient: o3sJXxCGeqHjh3gn8cEPWHlwkSqTmIQ+8wZTam+NixiIKgPFA+qV39Iuq1w9FbtNPqPPhVI037vVOosipUNphkA"
    "cod1WpjdkpT2mR5Lo+eCvz/L5I4PdHKSAYYFnEgUHMor/3AMjQ26TaIdpHnjs9yL6G+AHG9tillTNpEy6dAE=\n",
};

}  // namespace

std::string_view rsa_key_text(const KeyChoice& choice) {
  const auto role = static_cast<std::size_t>(choice.role);
  if (choice.rsa_bits > 1024) return kRsa2048[role];
  return kRsa1024[role * 2 + choice.number % 2];
}

}  // namespace shirube::sim
