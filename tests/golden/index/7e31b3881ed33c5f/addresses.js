window.govreport.receive("addresses",["##","henan/xuchang/2025-sifaju\n2024-x"]);
